import { TriangleAlert, UserPen } from "lucide-react";
import { type ReactNode, useState } from "react";
import { MISSING } from "@/shared/format/number";
import type { MessageKey } from "@/shared/i18n/en";
import { type Translate, useI18n } from "@/shared/i18n/i18n";
import { Badge, type Tone } from "@/shared/ui/badge";
import { CitedSentence, type Shown } from "./citation";
import { EvidenceSheet } from "./evidence-sheet";
import { useVocabulary } from "./model-queries";
import { partName } from "./report-parts";
import type { AnalysisResult, Report, Statement } from "./run-queries";
import { dimensionLabel } from "./template-labels";

/** The tone of a recommendation; its word carries the meaning. */
const RECOMMENDATIONS: Record<string, Tone> = { pursue: "good", watch: "warn", pass: "neutral" };

export function Recommendation({ value }: { value: string }) {
  const word = useVocabulary();
  return <Badge tone={RECOMMENDATIONS[value] ?? "neutral"}>{word("recommendations", value)}</Badge>;
}

/**
 * A report on a company: what a program has checked, opinions that say so, and apart from both what did not stand. Each checked
 * sentence opens what it rests on.
 */
export function ReportView({
  orgnr,
  result,
}: {
  orgnr: string;
  result: AnalysisResult & { report: Report };
}) {
  const { t } = useI18n();
  const word = useVocabulary();
  const [shown, setShown] = useState<Shown | null>(null);
  const { report, model } = result;
  const sentences = (statements: readonly Statement[]) => (
    <Sentences statements={statements} shown={shown} onShow={setShown} />
  );
  const labels = new Map(result.score.dimensions.map((dimension) => [dimension.key, dimension]));
  return (
    <div className="flex min-w-0 flex-col gap-5">
      <dl className="flex flex-wrap gap-x-8 gap-y-3">
        {report.person_recommendation && (
          <Entry label={t("ai.recommendation")} note={t("ai.recommendationByPerson")}>
            <Recommendation value={report.person_recommendation} />
          </Entry>
        )}
        {report.recommendation && (
          <Entry
            label={t(report.person_recommendation ? "ai.recommendationOfScore" : "ai.recommendation")}
            note={t("ai.recommendationBy")}
          >
            <Recommendation value={report.recommendation} />
          </Entry>
        )}
        {report.model_opinion && (
          <Entry label={t("ai.opinion")}>
            <Recommendation value={report.model_opinion} />
          </Entry>
        )}
      </dl>
      <ByPeople report={report} />
      {model && report.sections.length > 0 && (
        <Part title={t("ai.verifiedTitle")} note={t("ai.verifiedHelp")}>
          <div className="flex flex-col gap-3">
            {report.sections.map((section) => (
              <section key={section.section} aria-label={word("sections", section.section)}>
                <h4 className="mb-0.5 font-medium text-xs">{word("sections", section.section)}</h4>
                {sentences(section.facts)}
              </section>
            ))}
          </div>
        </Part>
      )}
      {report.fit.length > 0 && (
        <Part title={t("ai.fit")} note={t("ai.fitBy")}>
          <ul className="flex flex-col gap-2.5">
            {report.fit.map((fit) => (
              <li key={fit.dimension}>
                <p className="flex items-center gap-2 text-xs">
                  <span className="w-28 truncate font-medium">
                    {dimensionLabel(labels.get(fit.dimension) ?? { key: fit.dimension }, t)}
                  </span>
                  <span aria-hidden className="h-1.5 w-24 overflow-hidden rounded-full bg-line">
                    <span className="block h-full bg-accent" style={{ width: `${fit.level * 25}%` }} />
                  </span>
                  <span className="tabular">{t("ai.fitLevel", { level: fit.level })}</span>
                </p>
                {sentences(fit.reasons)}
              </li>
            ))}
          </ul>
        </Part>
      )}
      {report.levers.length > 0 && (
        <Part title={t("ai.levers")} note={t(model ? "ai.leversBy" : "ai.leversByRules")}>
          <ul className="flex flex-col gap-2.5">
            {report.levers.map((lever) => (
              <li key={lever.lever}>
                <p className="flex flex-wrap items-center gap-1.5 text-xs">
                  <span className="font-medium">{word("levers", lever.lever)}</span>
                  {lever.impact && (
                    <Badge>
                      {t("ai.impact")}: {word("degrees", lever.impact).toLowerCase()}
                    </Badge>
                  )}
                  {lever.effort && (
                    <Badge>
                      {t("ai.effort")}: {word("degrees", lever.effort).toLowerCase()}
                    </Badge>
                  )}
                </p>
                {sentences(lever.reasons)}
              </li>
            ))}
          </ul>
        </Part>
      )}
      {report.suggestions.length > 0 && (
        <Part title={t("ai.suggestions")} note={t("ai.suggestionsBy")}>
          <Texts texts={report.suggestions} />
        </Part>
      )}
      {report.open_questions.length > 0 && (
        <Part title={t("ai.openQuestions")}>
          <Texts texts={report.open_questions} />
        </Part>
      )}
      {model && report.not_found.length > 0 && (
        <p className="text-ink-2 text-xs">
          {t("ai.notFound")}{" "}
          {report.not_found.map((section) => word("sections", section).toLowerCase()).join(", ")}.
        </p>
      )}
      {report.unverified.length > 0 && <Unverified report={report} />}
      {report.flags && report.flags.length > 0 && <Flags flags={report.flags} />}
      <EvidenceSheet orgnr={orgnr} shown={shown} onClose={() => setShown(null)} />
    </div>
  );
}

/** What people wrote, in a frame of its own with its mark: nobody has checked it. */
function ByPeople({ report }: { report: Report }) {
  const { t } = useI18n();
  const word = useVocabulary();
  const people = report.by_people ?? [];
  if (people.length === 0 && !report.person_levers) return null;
  return (
    <section aria-label={t("ai.people")} className="rounded-md border border-line-strong px-3 py-2.5">
      <h3 className="flex items-center gap-1.5 font-medium text-sm">
        <UserPen size={14} aria-hidden /> {t("ai.people")}
      </h3>
      <p className="mb-2 text-2xs text-ink-3">{t("ai.peopleHelp")}</p>
      {report.person_levers && (
        <p className="mb-1.5 text-sm">
          <span className="font-medium text-xs">{t("ai.levers")}</span>{" "}
          {report.person_levers.map((lever) => word("levers", lever)).join(", ") || MISSING}
        </p>
      )}
      <ul className="flex flex-col gap-1.5">
        {people.map((one, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: people may write the same twice, and nothing in a row has a state.
          <li key={index} className="text-sm">
            <span className="font-medium text-xs">{partName(one.part, word, t)}</span> {one.text}
            {one.replaced && (
              <span className="block text-2xs text-ink-3">
                {t("ai.peopleReplaced", { text: one.replaced })}
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Entry({ label, note, children }: { label: string; note?: string; children: ReactNode }) {
  return (
    <div>
      <dt className="eyebrow">{label}</dt>
      <dd className="mt-0.5 flex flex-wrap items-center gap-2">
        {children}
        {note && <span className="text-2xs text-ink-3">{note}</span>}
      </dd>
    </div>
  );
}

function Part({ title, note, children }: { title: string; note?: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h3 className="eyebrow">{title}</h3>
      {note && <p className="mb-1.5 text-2xs text-ink-3">{note}</p>}
      {children}
    </section>
  );
}

function Sentences({
  statements,
  shown,
  onShow,
}: {
  statements: readonly Statement[];
  shown: Shown | null;
  onShow: (shown: Shown) => void;
}) {
  return (
    <ul className="flex flex-col gap-1.5">
      {statements.map((statement) => (
        <li key={statement.text}>
          <CitedSentence statement={statement} shown={shown} onShow={onShow} />
        </li>
      ))}
    </ul>
  );
}

function Texts({ texts }: { texts: readonly string[] }) {
  return (
    <ul className="flex list-disc flex-col gap-1 pl-4">
      {texts.map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  );
}

const PARTS: Record<string, MessageKey> = {
  lever: "ai.part.lever",
  fit: "ai.part.fit",
  open_question: "ai.part.open_question",
  suggestion: "ai.part.suggestion",
};

const VERDICTS: Record<string, { tone: Tone; word: MessageKey }> = {
  contradicted: { tone: "bad", word: "ai.verdict.contradicted" },
  not_found: { tone: "warn", word: "ai.verdict.not_found" },
};

/** What was written and did not stand, under a heading that says so and in a frame of its own. */
function Unverified({ report }: { report: Report }) {
  const { t } = useI18n();
  const word = useVocabulary();
  return (
    <section
      aria-label={t("ai.unverifiedTitle")}
      className="rounded-md border border-line-strong border-dashed px-3 py-2.5"
    >
      <h3 className="flex items-center gap-1.5 font-medium text-sm text-warn">
        <TriangleAlert size={14} aria-hidden /> {t("ai.unverifiedTitle")}
      </h3>
      <p className="mb-2 text-2xs text-ink-3">{t("ai.unverifiedHelp")}</p>
      <ul className="flex flex-col gap-2">
        {report.unverified.map((one, index) => {
          const verdict = VERDICTS[one.verdict];
          const part = PARTS[one.part];
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a model may write the same twice, and the list never changes.
            <li key={index} className="text-ink-2 text-sm">
              <p>
                <Badge tone={verdict?.tone ?? "neutral"}>{verdict ? t(verdict.word) : one.verdict}</Badge>{" "}
                <span className="text-ink-3 text-xs">{part ? t(part) : word("sections", one.part)}</span>{" "}
                {one.text}
              </p>
              <p className="text-2xs text-ink-3">
                {one.cited.length > 0 ? `${t("ai.cited")} ${one.cited.join(", ")}` : t("ai.citedNothing")}
                {one.reasons.length > 0 && ` · ${one.reasons.join("; ")}`}
              </p>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

const FLAGS: Record<string, MessageKey> = {
  hidden: "ai.flag.hidden",
  look_alike: "ai.flag.look_alike",
  instruction: "ai.flag.instruction",
};

const flagLabel = (kind: string, t: Translate) => {
  const known = FLAGS[kind];
  return known ? t(known) : kind.replaceAll("_", " ");
};

/** What was taken out of the company's pages before a model read them. */
export function Flags({ flags }: { flags: NonNullable<Report["flags"]> }) {
  const { t } = useI18n();
  return (
    <details className="text-xs">
      <summary className="cursor-pointer text-ink-2">
        {t("ai.flags")} ({flags.length})
      </summary>
      <ul className="mt-1 flex flex-col gap-1">
        {flags.map((flag, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes.
          <li key={index} className="break-words text-ink-2">
            <Badge tone="warn">{flagLabel(flag.kind, t)}</Badge> {flag.text}{" "}
            <span className="break-all text-ink-3">{flag.url}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
