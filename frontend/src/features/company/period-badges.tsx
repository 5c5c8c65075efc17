import type { Period } from "@/shared/company/queries";
import type { ValueStyle } from "@/shared/format/field-value";
import type { MessageKey } from "@/shared/i18n/en";
import { Badge } from "@/shared/ui/badge";
import { Hint } from "@/shared/ui/hint";
import { identityLabel } from "./identity-labels";

/** What must be known of a period before its figures are used: odd length, suspect, partial, restated. */
export function PeriodBadges({ period, style }: { period: Period; style: ValueStyle }) {
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
      note: t("company.restatedNote"),
      tone: "neutral",
    });
  }
  return (
    <>
      {period.months !== 12 && <Badge>{t("company.months", { count: period.months })}</Badge>}
      {badges.map((badge) => (
        <Hint key={badge.key} text={badge.note}>
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
