import { useQuery } from "@tanstack/react-query";
import { useCatalogue } from "@/shared/catalogue/fields";
import { MISSING } from "@/shared/format/number";
import { pick, useI18n } from "@/shared/i18n/i18n";
import { Badge, type Tone } from "@/shared/ui/badge";
import { PlainTable } from "@/shared/ui/plain-table";
import { Section } from "@/shared/ui/section";
import { ErrorState, LoadingBlock } from "@/shared/ui/states";
import { type Finding, rulesQuery } from "./run-queries";

const TONES: Record<Finding["kind"], Tone> = { strength: "good", weakness: "warn", risk_flag: "bad" };

/** The rules of the analyst: what each says, what it rests on, and how far it holds the fit down. */
export function RuleList() {
  const { t, locale } = useI18n();
  const { fields } = useCatalogue();
  const rules = useQuery(rulesQuery);
  const nameOf = (key: string) => pick(fields.get(key)?.label, locale) || key.replaceAll("_", " ");
  return (
    <Section title={t("rules.title")} note={t("rules.text")} flush>
      {rules.isPending ? (
        <LoadingBlock lines={6} />
      ) : rules.isError ? (
        <ErrorState compact error={rules.error} onRetry={() => void rules.refetch()} />
      ) : (
        <PlainTable
          label={t("rules.title")}
          rows={rules.data.items}
          keyOf={(rule) => rule.code}
          columns={[
            {
              key: "rule",
              header: t("rules.rule"),
              className: "sm:min-w-64 py-1",
              cell: (rule) => generalLabel(pick(rule.label, locale)),
            },
            {
              key: "kind",
              header: t("rules.kind"),
              cell: (rule) => {
                const kind = rule.kind as Finding["kind"];
                return <Badge tone={TONES[kind]}>{t(`rules.kind.${kind}`)}</Badge>;
              },
            },
            {
              key: "rests",
              wide: true,
              header: t("rules.rests"),
              className: "min-w-40 text-ink-2 text-xs",
              cell: (rule) =>
                rule.fields.length > 0 ? rule.fields.map(nameOf).join(", ") : t("rules.website"),
            },
            {
              key: "cap",
              header: t("rules.cap"),
              align: "right",
              cell: (rule) => rule.cap ?? MISSING,
            },
          ]}
        />
      )}
    </Section>
  );
}

/** What a rule says of any company: its places hold one company's values, and one at the end is left out. */
function generalLabel(label: string): string {
  return label.replace(/:? \(?\{\w+\}\)?$/, "").replace(/\{\w+\}/g, "…");
}
