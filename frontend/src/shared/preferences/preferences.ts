import { useSyncExternalStore } from "react";

/** What a person chose for this browser; kept in local storage, never sent to the server. */
export type Preferences = {
  locale: Locale;
  theme: Theme;
  unit: MoneyUnit;
  density: Density;
  /** Whether single-key shortcuts are on (WCAG 2.1.4 asks that they can be turned off). */
  shortcuts: boolean;
  sidebar: "open" | "closed";
};

export type Locale = "sv" | "en";
export type Theme = "system" | "light" | "dark";
export type MoneyUnit = "kr" | "tkr" | "mkr";
export type Density = "compact" | "comfortable";

export const LOCALES: readonly Locale[] = ["sv", "en"];
export const THEMES: readonly Theme[] = ["system", "light", "dark"];
export const MONEY_UNITS: readonly MoneyUnit[] = ["kr", "tkr", "mkr"];
export const DENSITIES: readonly Density[] = ["compact", "comfortable"];

const STORAGE_KEY = "lode.preferences";

function defaults(): Preferences {
  const swedish = typeof navigator !== "undefined" && /^sv/i.test(navigator.language ?? "");
  return {
    locale: swedish ? "sv" : "en",
    theme: "system",
    unit: "tkr",
    density: "compact",
    shortcuts: true,
    sidebar: "open",
  };
}

function oneOf<T extends string>(values: readonly T[], value: unknown, fallback: T): T {
  return values.find((candidate) => candidate === value) ?? fallback;
}

/** Reads stored text and falls back field by field, so that a damaged or older value never breaks the page. */
export function parsePreferences(text: string | null): Preferences {
  const base = defaults();
  if (!text) return base;
  let stored: Record<string, unknown>;
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== "object" || parsed === null) return base;
    stored = parsed as Record<string, unknown>;
  } catch {
    return base;
  }
  return {
    locale: oneOf(LOCALES, stored.locale, base.locale),
    theme: oneOf(THEMES, stored.theme, base.theme),
    unit: oneOf(MONEY_UNITS, stored.unit, base.unit),
    density: oneOf(DENSITIES, stored.density, base.density),
    shortcuts: typeof stored.shortcuts === "boolean" ? stored.shortcuts : base.shortcuts,
    sidebar: oneOf(["open", "closed"] as const, stored.sidebar, base.sidebar),
  };
}

function read(): Preferences {
  try {
    return parsePreferences(localStorage.getItem(STORAGE_KEY));
  } catch {
    return parsePreferences(null);
  }
}

let current: Preferences = read();
const listeners = new Set<() => void>();

export function getPreferences(): Preferences {
  return current;
}

/** Changes some preferences, stores them, and tells every reader. Storage that is refused is no error. */
export function setPreferences(change: Partial<Preferences>): void {
  current = { ...current, ...change };
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(current));
  } catch {
    // Private windows may refuse storage: the choice then lasts as long as the page.
  }
  for (const listener of listeners) listener();
}

export function subscribePreferences(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

// Another window changed them: this one follows.
if (typeof window !== "undefined") {
  window.addEventListener("storage", ({ key }) => {
    if (key !== STORAGE_KEY) return;
    current = read();
    for (const listener of listeners) listener();
  });
}

/** The preferences, kept current while the component is mounted. */
export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribePreferences, getPreferences, getPreferences);
}

/** Writes theme, density and language onto the root element, where the style sheet reads them. */
export function applyPreferences(root: HTMLElement, preferences: Preferences): void {
  root.dataset.theme = preferences.theme;
  root.dataset.density = preferences.density;
  root.lang = preferences.locale;
}

/** Height of one row of a long table in CSS pixels: at 900 pixels of window more than thirty fit, or some twenty-five. */
export function rowHeight(density: Density): number {
  return density === "compact" ? 24 : 30;
}
