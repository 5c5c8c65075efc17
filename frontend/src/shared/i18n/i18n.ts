import { useCallback, useSyncExternalStore } from "react";
import type { Locale } from "@/shared/preferences/preferences";
import type { MessageKey } from "./en";
import { type Message, type MessageValues, translate } from "./translate";

export type Translate = (key: MessageKey, values?: MessageValues) => string;

type Texts = Readonly<Record<string, Message>>;
type Loaded = { locale: Locale; catalogue: Texts };
type Load = () => Promise<{ default: Texts }>;

/** Each language comes in two files, which `scripts/split-texts.ts` makes: what the first load shows, and everything else. */
const FILES: Record<Locale, { start: Load; rest: Load }> = {
  sv: { start: () => import("virtual:texts/sv/start"), rest: () => import("virtual:texts/sv/rest") },
  en: { start: () => import("virtual:texts/en/start"), rest: () => import("virtual:texts/en/rest") },
};

let loaded: Loaded | null = null;
/** Whether any part of the app has needed more than the texts of the first load. */
let needsRest = false;
/** The language asked for last. */
let wanted: Locale | null = null;
/** The catalogues that hold every text of their language. */
const complete = new WeakSet<Texts>();
const listeners = new Set<() => void>();

/** Loads a language, as much of it as is needed, and switches every reader to it; the last language asked for wins. */
export async function loadLocale(locale: Locale): Promise<void> {
  wanted = locale;
  if (loaded?.locale === locale && (!needsRest || complete.has(loaded.catalogue))) return;
  const { start, rest } = FILES[locale];
  const [first, others] = await Promise.all([start(), needsRest ? rest() : null]);
  if (wanted !== locale) return;
  const catalogue = { ...first.default, ...others?.default };
  if (others) complete.add(catalogue);
  loaded = { locale, catalogue };
  for (const listener of listeners) listener();
}

/** Loads the texts that the first load does without; every part of the app that comes later waits for them. */
export async function loadEveryText(): Promise<void> {
  needsRest = true;
  if (loaded) await loadLocale(wanted ?? loaded.locale);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function snapshot(): Loaded {
  if (!loaded)
    throw new Error("no catalogue is loaded: loadLocale must have resolved before the first render");
  return loaded;
}

/** The current language and its translation function; both change together when a catalogue has arrived. */
export function useI18n(): { t: Translate; locale: Locale } {
  const { locale, catalogue } = useSyncExternalStore(subscribe, snapshot, snapshot);
  const t = useCallback<Translate>(
    (key, values) => {
      const message = catalogue[key];
      if (message !== undefined) return translate(message, locale, values);
      // A text of a part that did not wait for it is drawn as soon as it is here.
      if (!complete.has(catalogue)) void loadEveryText();
      return "";
    },
    [catalogue, locale],
  );
  return { t, locale };
}

/** Picks the current language out of a label that the server sends in both. */
export function pick(label: { sv: string; en: string } | null | undefined, locale: Locale): string {
  return label ? label[locale] : "";
}
