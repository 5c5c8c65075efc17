import { localeTag } from "@/shared/format/number";
import type { Locale } from "@/shared/preferences/preferences";

/** A text with `{name}` places, or its forms by plural class of `count`. */
export type Message = string | { one: string; other: string };

export type MessageValues = Record<string, string | number>;

/** Fills a message's places; numbers are written in the language's own way. */
export function translate(message: Message, locale: Locale, values?: MessageValues): string {
  const tag = localeTag(locale);
  let text: string;
  if (typeof message === "string") {
    text = message;
  } else {
    const count = Number(values?.count ?? 0);
    text = new Intl.PluralRules(tag).select(count) === "one" ? message.one : message.other;
  }
  return text.replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = values?.[name];
    if (value === undefined) return place;
    return typeof value === "number" ? new Intl.NumberFormat(tag).format(value) : value;
  });
}
