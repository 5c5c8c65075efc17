import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { api, unwrap } from "@/shared/api/client";
import { CompanyPicker } from "@/shared/company/company-picker";
import { formatCost } from "@/shared/format/number";
import { formatOrgnr } from "@/shared/format/orgnr";
import { useI18n } from "@/shared/i18n/i18n";
import { hasEnded } from "@/shared/runs/queries";
import { reasonLabel } from "@/shared/runs/run-status";
import { Button } from "@/shared/ui/button";
import { Dialog } from "@/shared/ui/dialog";
import { Segmented } from "@/shared/ui/segmented";
import { ErrorState, LoadingBlock } from "@/shared/ui/states";
import { CostLine } from "./cost-line";
import { DossierView, RawText } from "./dossier-view";
import { type Dossier, traceQuery } from "./model-queries";
import { Flags, ReportView } from "./report-view";
import { type AnalysisResult, runCompaniesQuery, runQuery } from "./run-queries";
import { TraceBody } from "./trace-view";

type Company = { orgnr: string; name: string | null };
type Tab = "dossier" | "prompt" | "schema";

/** Which model, with which template and in which language, as the API takes it. */
export type Asked = {
  provider: string;
  language: "sv" | "en";
  template_key?: string;
  template_id?: string;
};

/** What a model would get of one company, and, once it is asked for, what it answers and what is kept of that. */
export function PreviewDialog({
  asked,
  model,
  first,
  onClose,
}: {
  asked: Asked;
  model: string;
  /** The company that is looked at first; one is chosen when not given. */
  first: Company | null;
  onClose: () => void;
}) {
  const { t } = useI18n();
  const [company, setCompany] = useState(first);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("ai.preview")}
      description={t("ai.previewText")}
      tall
      className="w-[min(60rem,calc(100vw-1.5rem))]"
    >
      <div className="flex flex-col gap-4">
        <div className="flex flex-wrap items-center gap-3">
          {company && (
            <span className="font-semibold">
              {company.name ?? formatOrgnr(company.orgnr)}{" "}
              <span className="tabular font-normal text-ink-3 text-xs">{formatOrgnr(company.orgnr)}</span>
            </span>
          )}
          <CompanyPicker label={t(company ? "ai.previewOther" : "ai.previewCompany")} onPick={setCompany} />
        </div>
        {company && <Previewed key={company.orgnr} company={company} asked={asked} model={model} />}
      </div>
    </Dialog>
  );
}

function Previewed({ company, asked, model }: { company: Company; asked: Asked; model: string }) {
  const { t, locale } = useI18n();
  const [tab, setTab] = useState<Tab>("dossier");
  const [runId, setRunId] = useState<string | null>(null);
  const preview = useQuery({
    queryKey: ["analysis", "preview", company.orgnr, asked],
    queryFn: ({ signal }) =>
      unwrap(api.POST("/api/analysis/preview", { body: { orgnr: company.orgnr, ...asked }, signal })),
    retry: false,
  });
  const ask = useMutation({
    mutationFn: () =>
      unwrap(
        api.POST("/api/analysis/start", {
          body: {
            orgnrs: [company.orgnr],
            ...asked,
            name: t("ai.previewRunName", { name: company.name ?? formatOrgnr(company.orgnr) }),
          } as never,
        }),
      ),
    onSuccess: (run) => setRunId(run.run_id),
  });
  if (preview.isPending) return <LoadingBlock lines={6} className="p-0" />;
  if (preview.isError)
    return <ErrorState compact error={preview.error} onRetry={() => void preview.refetch()} />;
  const { data } = preview;
  return (
    <>
      <div className="rounded-md bg-sunken px-3 py-2 text-sm">
        <CostLine cost={data.cost} model={model} />
      </div>
      <Segmented
        label={t("ai.preview")}
        value={tab}
        options={[
          { value: "dossier", label: t("ai.tab.dossier") },
          { value: "prompt", label: t("ai.tab.prompt") },
          { value: "schema", label: t("ai.tab.schema") },
        ]}
        onChange={setTab}
      />
      {tab === "dossier" && (
        <>
          <DossierView dossier={data.dossier as unknown as Dossier} />
          {data.facts_left_out + data.sentences_left_out > 0 && (
            <p className="text-warn text-xs">
              {t("ai.dossierLeftOut", { facts: data.facts_left_out, sentences: data.sentences_left_out })}
            </p>
          )}
          {data.flags.length > 0 && <Flags flags={data.flags} />}
          <p className="text-2xs text-ink-3">
            {t("ai.dossierHash")} <code className="break-all font-mono">{data.dossier_sha256}</code>
          </p>
        </>
      )}
      {tab === "prompt" && (
        <>
          <h3 className="eyebrow">{t("ai.system")}</h3>
          <RawText label={t("ai.system")} text={data.system} />
          <h3 className="eyebrow">{t("ai.question")}</h3>
          <RawText label={t("ai.question")} text={data.user} />
        </>
      )}
      {tab === "schema" && <RawText label={t("ai.tab.schema")} text={JSON.stringify(data.schema, null, 2)} />}
      {runId ? (
        <Answer runId={runId} orgnr={company.orgnr} />
      ) : (
        <div className="flex flex-wrap items-center gap-3 border-line border-t pt-3">
          <Button look="primary" disabled={ask.isPending} onClick={() => ask.mutate()}>
            {t("ai.previewAsk")}
          </Button>
          <span className="text-ink-2 text-xs">
            {t("ai.previewAskHelp", { most: formatCost(data.cost.most, data.cost.currency, locale) })}
          </span>
          {ask.isError && <ErrorState compact error={ask.error} />}
        </div>
      )}
    </>
  );
}

/** What came of the question: the checked answer, and the raw one with its cost. */
function Answer({ runId, orgnr }: { runId: string; orgnr: string }) {
  const { t } = useI18n();
  const [tab, setTab] = useState<"report" | "calls">("report");
  const run = useQuery(runQuery(runId));
  const isMoving = !run.data || !hasEnded(run.data);
  const trace = useQuery({ ...traceQuery(runId, orgnr, false), enabled: !isMoving });
  const companies = useQuery({ ...runCompaniesQuery(runId, "", 0, 1, false), enabled: !isMoving });
  if (run.isError) return <ErrorState compact error={run.error} onRetry={() => void run.refetch()} />;
  if (isMoving || trace.isPending) {
    return (
      <div aria-live="polite">
        <p className="text-ink-2">{t("ai.previewWaiting")}</p>
        <LoadingBlock lines={2} className="p-0 pt-2" />
      </div>
    );
  }
  if (trace.isError) return <ErrorState compact error={trace.error} onRetry={() => void trace.refetch()} />;
  const result = trace.data.result as unknown as AnalysisResult | null;
  const part = companies.data?.items[0]?.parts[0];
  return (
    <section aria-label={t("ai.trace")} className="flex flex-col gap-3 border-line border-t pt-3">
      <div className="flex flex-wrap items-center gap-3">
        <Segmented
          label={t("ai.trace")}
          value={tab}
          options={[
            { value: "report", label: t("ai.tab.report") },
            { value: "calls", label: t("ai.tab.answer") },
          ]}
          onChange={setTab}
        />
        <Link to="/ai/runs/$id" params={{ id: runId }} className="text-accent text-xs hover:underline">
          {t("ai.openRun")}
        </Link>
      </div>
      {tab === "calls" ? (
        <TraceBody trace={trace.data} />
      ) : result?.report ? (
        <ReportView orgnr={orgnr} result={{ ...result, report: result.report }} />
      ) : (
        <p className="text-warn">
          {part?.reason ? reasonLabel(part.reason, t) : t("ai.noResult")}
          {part?.detail && <span className="block text-ink-2 text-xs">{part.detail}</span>}
        </p>
      )}
    </section>
  );
}
