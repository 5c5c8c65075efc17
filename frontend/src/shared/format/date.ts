import type { Locale } from "@/shared/preferences/preferences";
import { localeTag, MISSING } from "./number";

/** An ISO date (YYYY-MM-DD) is shown as it is: it sorts, and is what Swedes write. */
export function formatDate(iso: string | null | undefined): string {
  return iso ? iso.slice(0, 10) : MISSING;
}

/** A timestamp in the reader's own time zone, to the minute: `2026-11-24 14:05`. */
export function formatDateTime(iso: string | null | undefined): string {
  if (!iso) return MISSING;
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return MISSING;
  const two = (part: number) => String(part).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

const STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31_557_600],
  ["month", 2_629_800],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/** How long ago a timestamp is, in words: `3 days ago`. `now` is passed in so that tests stand still. */
export function formatAgo(iso: string | null | undefined, locale: Locale, now: Date = new Date()): string {
  if (!iso) return MISSING;
  const seconds = (new Date(iso).getTime() - now.getTime()) / 1000;
  if (Number.isNaN(seconds)) return MISSING;
  const words = new Intl.RelativeTimeFormat(localeTag(locale), { numeric: "auto" });
  for (const [unit, length] of STEPS) {
    if (Math.abs(seconds) >= length) return words.format(Math.trunc(seconds / length), unit);
  }
  return words.format(0, "second");
}

/** A fiscal period's short name: `2024` for a calendar year, `2023/24` for a broken one, by its end otherwise. */
export function periodName(start: string | null | undefined, end: string): string {
  const [year, monthDay] = [end.slice(0, 4), end.slice(5)];
  if (!start) return monthDay === "12-31" ? year : end.slice(0, 7);
  const startYear = start.slice(0, 4);
  if (startYear === year) return monthDay === "12-31" ? year : end.slice(0, 7);
  if (start.slice(5) === "01-01") return year;
  return `${startYear}/${year.slice(2)}`;
}

/** How long a run took: `0.8 s`, `2 min 5 s`. */
export function formatDuration(seconds: number | null | undefined, locale: Locale): string {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) return MISSING;
  const number = new Intl.NumberFormat(localeTag(locale), { maximumFractionDigits: seconds < 10 ? 1 : 0 });
  if (seconds < 60) return `${number.format(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${Math.round(seconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
