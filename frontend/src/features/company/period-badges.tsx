import type { Period, StatementLine } from "@/shared/company/queries";
import type { ValueStyle } from "@/shared/format/field-value";
import { formatAmount } from "@/shared/format/number";
import type { MessageKey } from "@/shared/i18n/en";
import { pick } from "@/shared/i18n/i18n";
import { Badge } from "@/shared/ui/badge";
import { Hint } from "@/shared/ui/hint";
import { identityLabel } from "./identity-labels";

/** How many restated figures are told one by one. */
const MOST_TOLD = 5;

/** Which figures a later report gave otherwise: the old value and the new one. */
function restatedNote(period: Period, lines: readonly StatementLine[], { t, locale }: ValueStyle): string {
  const labels = new Map(lines.map((line) => [line.key, pick(line.label, locale)]));
  const told = period.restatements
    .slice(0, MOST_TOLD)
    .map(
      ({ line, old_value, new_value }) =>
        `${labels.get(line) ?? line}: ${formatAmount(old_value, "kr", locale)} → ${formatAmount(new_value, "kr", locale)}`,
    );
  const more = period.restatements.length - told.length;
  return [t("company.restatedNote"), ...told, ...(more > 0 ? [`+ ${more}`] : [])].join("\n");
}

/** What must be known of a period before its figures are used: odd length, suspect, partial, restated. */
export function PeriodBadges({
  period,
  lines,
  style,
}: {
  period: Period;
  lines: readonly StatementLine[];
  style: ValueStyle;
}) {
  const { t } = style;
  const badges: { key: MessageKey; text: string; note: string; tone: "warn" | "neutral" }[] = [];
  if (period.quality === "suspect") {
    badges.push({
      key: "company.suspect",
      text: t("company.suspect"),
      note: t("company.suspectNote", { identities: identityLabel(period.broken_identities, style) }),
      tone: "warn",
    });
  }
  if (period.quality === "partial") {
    badges.push({
      key: "company.partial",
      text: t("company.partial"),
      note: t("company.partialNote"),
      tone: "neutral",
    });
  }
  if (period.is_restated) {
    badges.push({
      key: "company.restated",
      text: t("company.restated"),
      note: restatedNote(period, lines, style),
      tone: "neutral",
    });
  }
  return (
    <>
      {period.months !== 12 && <Badge>{t("company.months", { count: period.months })}</Badge>}
      {badges.map((badge) => (
        <Hint key={badge.key} text={<span className="whitespace-pre-line">{badge.note}</span>}>
          <button
            type="button"
            className="cursor-help rounded-sm"
            aria-label={`${badge.text}: ${badge.note}`}
          >
            <Badge tone={badge.tone}>{badge.text}</Badge>
          </button>
        </Hint>
      ))}
    </>
  );
}
