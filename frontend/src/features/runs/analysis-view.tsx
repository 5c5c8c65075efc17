import { useI18n } from "@/shared/i18n/i18n";
import { FindingList, ScoreCard } from "./finding-list";
import { ReportView } from "./report-view";
import type { AnalysisResult } from "./run-queries";

/** What an analysis says of a company: the rules' score, and what a model wrote or what the rules found. */
export function AnalysisView({
  orgnr,
  result,
  isNamed = false,
}: {
  orgnr: string;
  result: AnalysisResult;
  /** Whether it is told already who wrote. */
  isNamed?: boolean;
}) {
  const { t } = useI18n();
  const { report, model } = result;
  if (!model) {
    return (
      <>
        <ScoreCard result={result} />
        <FindingList orgnr={orgnr} result={result} />
        {report && (report.levers.length > 0 || report.recommendation || report.by_people) && (
          <ReportView orgnr={orgnr} result={{ ...result, report }} />
        )}
      </>
    );
  }
  return (
    <>
      {!isNamed && (
        <p className="text-ink-2 text-xs">{t("ai.writtenBy", { model: model.model ?? model.provider })}</p>
      )}
      {report && <ReportView orgnr={orgnr} result={{ ...result, report }} />}
      <section aria-label={t("ai.scoreByRules")}>
        <h3 className="eyebrow mb-1">{t("ai.scoreByRules")}</h3>
        <ScoreCard result={result} />
      </section>
      <details>
        <summary className="cursor-pointer text-ink-2 text-xs">{t("ai.findingsByRules")}</summary>
        <div className="mt-2">
          <FindingList orgnr={orgnr} result={result} />
        </div>
      </details>
    </>
  );
}
