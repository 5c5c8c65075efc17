import type { Locale, MoneyUnit } from "@/shared/preferences/preferences";

/** What is shown for a value that was not filed or cannot be computed. Never 0. */
export const MISSING = "–";

const TAGS: Record<Locale, string> = { sv: "sv-SE", en: "en-GB" };
const formatters = new Map<string, Intl.NumberFormat>();

/** The BCP 47 tag whose conventions a language follows here. */
export function localeTag(locale: Locale): string {
  return TAGS[locale];
}

function formatter(locale: Locale, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = locale + JSON.stringify(options);
  let found = formatters.get(key);
  if (!found) {
    found = new Intl.NumberFormat(TAGS[locale], options);
    formatters.set(key, found);
  }
  return found;
}

/** Formats with a real minus sign (U+2212) in both languages and without a negative zero. */
function print(value: number, locale: Locale, options: Intl.NumberFormatOptions): string {
  return formatter(locale, { signDisplay: "negative", ...options })
    .format(value)
    .replace("-", "\u2212");
}

function isMissing(value: number | null | undefined): value is null | undefined {
  return value === null || value === undefined || !Number.isFinite(value);
}

/** A plain number with at most `digits` decimals. */
export function formatNumber(value: number | null | undefined, locale: Locale, digits = 0): string {
  return isMissing(value) ? MISSING : print(value, locale, { maximumFractionDigits: digits });
}

/** How many whole currency units one shown unit stands for. */
export function unitFactor(unit: MoneyUnit): number {
  return unit === "kr" ? 1 : unit === "tkr" ? 1_000 : 1_000_000;
}

/** An amount given in whole kronor (or another currency's whole units), shown in `unit`, without the unit's name. */
export function formatAmount(
  value: number | null | undefined,
  unit: MoneyUnit,
  locale: Locale,
  digits?: number,
): string {
  if (isMissing(value)) return MISSING;
  const decimals = digits ?? (unit === "mkr" ? 1 : 0);
  return print(value / unitFactor(unit), locale, {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
}

/** The name of a money unit for a currency: `tkr` for SEK, `k EUR` for others. */
export function unitName(unit: MoneyUnit, currency = "SEK"): string {
  if (currency === "SEK") return unit;
  return unit === "kr" ? currency : unit === "tkr" ? `k ${currency}` : `M ${currency}`;
}

/** A ratio shown as per cent: 0.123 → `12,3 %`. */
export function formatPercent(value: number | null | undefined, locale: Locale, digits = 1): string {
  if (isMissing(value)) return MISSING;
  return print(value, locale, {
    style: "percent",
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

/** A multiple: 1.8 → `1,8×`. */
export function formatMultiple(value: number | null | undefined, locale: Locale, digits = 1): string {
  if (isMissing(value)) return MISSING;
  return `${print(value, locale, { minimumFractionDigits: digits, maximumFractionDigits: digits })}×`;
}

/** A short amount for axes and chips, with the unit that fits its size: 52 000 000 → `52 mkr`. */
export function formatCompactAmount(
  value: number | null | undefined,
  locale: Locale,
  currency = "SEK",
): string {
  if (isMissing(value)) return MISSING;
  const size = Math.abs(value);
  const name = (unit: string, sek: string) => (currency === "SEK" ? sek : `${unit}${currency}`);
  const [factor, label] =
    size >= 1e9
      ? [1e9, name("bn ", "mdkr")]
      : size >= 1e6
        ? [1e6, name("M ", "mkr")]
        : size >= 1e3
          ? [1e3, name("k ", "tkr")]
          : [1, name("", "kr")];
  return `${print(value / factor, locale, { maximumSignificantDigits: 3 })}\u00a0${label}`;
}

/** A size in bytes with a binary-free unit (kB, MB). */
export function formatBytes(value: number | null | undefined, locale: Locale): string {
  if (isMissing(value)) return MISSING;
  const units = ["B", "kB", "MB", "GB", "TB"];
  const step = value < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(value) / 3));
  return `${print(value / 1000 ** step, locale, { maximumFractionDigits: step === 0 ? 0 : 1 })}\u00a0${units[step]}`;
}

/** What something costs, in a currency that the settings name: 0.0123 → `0,0123 USD`. Small amounts keep four decimals. */
export function formatCost(value: number | null | undefined, currency: string, locale: Locale): string {
  if (isMissing(value)) return MISSING;
  const digits = value !== 0 && Math.abs(value) < 1 ? 4 : 2;
  return `${print(value, locale, { minimumFractionDigits: 2, maximumFractionDigits: digits })}\u00a0${currency}`;
}
