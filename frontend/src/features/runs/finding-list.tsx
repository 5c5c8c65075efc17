import { Link } from "@tanstack/react-router";
import { CircleCheck, CircleMinus, TriangleAlert } from "lucide-react";
import { useCatalogue } from "@/shared/catalogue/fields";
import { formatDate } from "@/shared/format/date";
import { formatFieldValue, headerUnit } from "@/shared/format/field-value";
import { formatPercent, MISSING } from "@/shared/format/number";
import type { MessageKey } from "@/shared/i18n/en";
import { pick, useI18n } from "@/shared/i18n/i18n";
import { usePreferences } from "@/shared/preferences/preferences";
import { Quote } from "./quote";
import {
  type AnalysisResult,
  type DimensionScore,
  type Evidence,
  type Finding,
  useRules,
} from "./run-queries";
import { dimensionLabel } from "./template-labels";

const GROUPS: readonly {
  kind: Finding["kind"];
  title: MessageKey;
  Icon: typeof CircleCheck;
  tone: string;
}[] = [
  { kind: "risk_flag", title: "runs.risks", Icon: TriangleAlert, tone: "text-bad" },
  { kind: "strength", title: "runs.strengths", Icon: CircleCheck, tone: "text-good" },
  { kind: "weakness", title: "runs.weaknesses", Icon: CircleMinus, tone: "text-warn" },
];

/** What the analyst says of a company, grouped, each finding with what it rests on. */
export function FindingList({ orgnr, result }: { orgnr: string; result: AnalysisResult }) {
  const { t } = useI18n();
  if (result.findings.length === 0) return <p className="text-ink-2">{t("runs.noFindings")}</p>;
  return (
    <div className="flex flex-col gap-3">
      {GROUPS.map(({ kind, title, Icon, tone }) => {
        const findings = result.findings.filter((finding) => finding.kind === kind);
        if (findings.length === 0) return null;
        return (
          <section key={kind} aria-label={t(title)}>
            <h3 className="eyebrow mb-1">{t(title)}</h3>
            <ul className="flex flex-col gap-1.5">
              {findings.map((finding) => (
                <li key={finding.code} className="flex gap-2">
                  <Icon size={14} aria-hidden className={`mt-0.5 shrink-0 ${tone}`} />
                  <div className="min-w-0">
                    <FindingText orgnr={orgnr} finding={finding} />
                    {finding.evidence.map((evidence) =>
                      evidence.type === "passage" ? (
                        <Quote key={evidence.quote + evidence.url} passage={evidence} />
                      ) : null,
                    )}
                  </div>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

/** A finding in words, its figures written in; each leads to the company's figures. */
function FindingText({ orgnr, finding }: { orgnr: string; finding: Finding }) {
  const { t, locale } = useI18n();
  const { unit } = usePreferences();
  const { fields } = useCatalogue();
  const rule = useRules().get(finding.code);
  if (!rule) return <span>{finding.code.replaceAll("_", " ")}</span>;
  const value = (key: string) => {
    const evidence = finding.evidence.find(
      (one): one is Extract<Evidence, { type: "figure" }> => one.type === "figure" && one.field === key,
    );
    const field = fields.get(key);
    if (!evidence || !field) return MISSING;
    const words = formatFieldValue(field, evidence.value, { unit, locale, t });
    const unitLabel = headerUnit(field, { unit, locale });
    return unitLabel ? `${words} ${unitLabel}` : words;
  };
  const titleOf = (key: string) => {
    const field = fields.get(key);
    return field && pick(field.label, locale);
  };
  const pieces = rule.label[locale].split(/\{(\w+)\}/);
  return (
    <span>
      {pieces.map((piece, index) =>
        index % 2 === 0 ? (
          piece
        ) : (
          <Link
            // biome-ignore lint/suspicious/noArrayIndexKey: a field can stand in a text twice, and the text never changes.
            key={index}
            to="/company/$orgnr"
            params={{ orgnr }}
            title={titleOf(piece)}
            className="tabular font-medium underline decoration-dotted underline-offset-2 hover:text-accent"
          >
            {value(piece)}
          </Link>
        ),
      )}
    </span>
  );
}

/** The fit score with what it is made of. */
export function ScoreCard({ result }: { result: AnalysisResult }) {
  const { t, locale } = useI18n();
  const rules = useRules();
  const { score, basis } = result;
  const capped = score.capped_by ? rules.get(score.capped_by)?.label[locale].replace(/: \{.*$/, "") : null;
  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-baseline gap-3">
        <span className="tabular font-semibold text-2xl">{score.points ?? MISSING}</span>
        <span className="text-ink-2 text-xs">
          {t("runs.scoreNote", { coverage: formatPercent(score.coverage, locale, 0) })}
        </span>
      </div>
      {capped && <p className="text-warn text-xs">{t("runs.capped", { rule: capped })}</p>}
      <ul className="flex flex-col gap-1.5 text-xs">
        {score.dimensions.map((dimension) => (
          <li key={dimension.key} className="grid grid-cols-[7rem_1fr_2rem] items-center gap-x-3">
            <span className="truncate text-ink-2" title={dimensionLabel(dimension, t)}>
              {dimensionLabel(dimension, t)}
            </span>
            <span aria-hidden className="h-1.5 overflow-hidden rounded-full bg-line">
              <span className="block h-full bg-accent" style={{ width: `${dimension.points ?? 0}%` }} />
            </span>
            <span className="tabular text-right">{dimension.points ?? MISSING}</span>
            <MeasureValues measures={dimension.measures} />
          </li>
        ))}
      </ul>
      <p className="text-2xs text-ink-3">
        {t("runs.byRules")}
        {basis.period_end && ` · ${t("runs.basis", { date: formatDate(basis.period_end) })}`}
      </p>
    </div>
  );
}

/** The figures that a side of the fit was made of, each with its value; one that is missing says so. */
function MeasureValues({ measures }: { measures: DimensionScore["measures"] }) {
  const { t, locale } = useI18n();
  const { unit } = usePreferences();
  const { fields } = useCatalogue();
  const words = measures.map((measure) => {
    const field = fields.get(measure.field);
    if (!field) return measure.field.replaceAll("_", " ");
    const value = formatFieldValue(field, measure.value, { unit, locale, t });
    const unitLabel = measure.value === null ? null : headerUnit(field, { unit, locale });
    return `${pick(field.label, locale)} ${value}${unitLabel ? ` ${unitLabel}` : ""}`;
  });
  return <span className="col-span-2 col-start-2 text-2xs text-ink-3">{words.join(" · ")}</span>;
}
