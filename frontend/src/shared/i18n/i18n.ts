import { useCallback, useSyncExternalStore } from "react";
import type { Locale } from "@/shared/preferences/preferences";
import type { Catalogue, MessageKey } from "./en";
import { type MessageValues, translate } from "./translate";

export type Translate = (key: MessageKey, values?: MessageValues) => string;

type Loaded = { locale: Locale; catalogue: Catalogue };

let loaded: Loaded | null = null;
const listeners = new Set<() => void>();

/** Loads a language's catalogue (its own chunk) and switches every reader to it. */
export async function loadLocale(locale: Locale): Promise<void> {
  if (loaded?.locale === locale) return;
  const catalogue = locale === "sv" ? (await import("./sv")).sv : (await import("./en")).en;
  loaded = { locale, catalogue };
  for (const listener of listeners) listener();
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
    (key, values) => translate(catalogue[key], locale, values),
    [catalogue, locale],
  );
  return { t, locale };
}

/** Picks the current language out of a label that the server sends in both. */
export function pick(label: { sv: string; en: string } | null | undefined, locale: Locale): string {
  return label ? label[locale] : "";
}
