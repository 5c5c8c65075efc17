import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { formatDuration } from "@/shared/format/date";
import { formatCost, formatNumber, MISSING } from "@/shared/format/number";
import type { MessageKey } from "@/shared/i18n/en";
import { type Translate, useI18n } from "@/shared/i18n/i18n";
import { Badge } from "@/shared/ui/badge";
import { Fact } from "@/shared/ui/section";
import { Segmented } from "@/shared/ui/segmented";
import { ErrorState, LoadingBlock } from "@/shared/ui/states";
import { DossierView, RawText } from "./dossier-view";
import { type Dossier, type ModelCall, type Trace, traceQuery } from "./model-queries";

type Tab = "answer" | "prompt" | "dossier";

/** How a model's analysis of a company came about: each call with prompt, raw answer and cost, and the dossier. */
export function TraceView({ runId, orgnr, isLive }: { runId: string; orgnr: string; isLive: boolean }) {
  const trace = useQuery(traceQuery(runId, orgnr, isLive));
  if (trace.isPending) return <LoadingBlock lines={4} className="p-0" />;
  if (trace.isError) return <ErrorState compact error={trace.error} onRetry={() => void trace.refetch()} />;
  return <TraceBody trace={trace.data} />;
}

export function TraceBody({ trace }: { trace: Trace }) {
  const { t } = useI18n();
  const [tab, setTab] = useState<Tab>("answer");
  if (trace.calls.length === 0) return <p className="text-ink-2 text-xs">{t("ai.noCallsYet")}</p>;
  return (
    <div className="flex flex-col gap-3">
      <Segmented
        label={t("ai.trace")}
        value={tab}
        options={[
          { value: "answer", label: t("ai.tab.answer") },
          { value: "prompt", label: t("ai.tab.prompt") },
          { value: "dossier", label: t("ai.tab.dossier") },
        ]}
        onChange={setTab}
      />
      {tab === "dossier" && trace.dossier ? (
        <DossierView dossier={trace.dossier as unknown as Dossier} />
      ) : (
        trace.calls.map((call, index) => (
          <Call
            key={call.begun_at}
            call={call}
            number={index + 1}
            currency={trace.currency}
            text={tab === "prompt" ? call.prompt : call.answer}
            label={t(tab === "prompt" ? "ai.tab.prompt" : "ai.tab.answer")}
          />
        ))
      )}
    </div>
  );
}

const OUTCOMES: Record<string, MessageKey> = {
  answered: "ai.outcome.answered",
  truncated: "ai.outcome.truncated",
  filtered: "ai.outcome.filtered",
  declined: "ai.outcome.declined",
  wrong_shape: "ai.outcome.wrong_shape",
  broken: "ai.outcome.broken",
  refused: "ai.outcome.refused",
  timed_out: "ai.outcome.timed_out",
  cancelled: "ai.outcome.cancelled",
};

function outcomeLabel(outcome: string | null | undefined, t: Translate): string {
  if (!outcome) return t("ai.outcome.under_way");
  const known = OUTCOMES[outcome];
  return known ? t(known) : outcome.replaceAll("_", " ");
}

function Call({
  call,
  number,
  currency,
  text,
  label,
}: {
  call: ModelCall;
  number: number;
  currency: string;
  text: string | null | undefined;
  label: string;
}) {
  const { t, locale } = useI18n();
  return (
    <section aria-label={t("ai.call", { number })} className="flex flex-col gap-2">
      <h4 className="flex flex-wrap items-center gap-2 font-medium text-xs">
        {t("ai.call", { number })}
        <Badge tone={call.outcome === "answered" ? "good" : call.outcome ? "warn" : "accent"}>
          {outcomeLabel(call.outcome, t)}
        </Badge>
        <span className="font-normal text-ink-3">
          {call.provider} · {call.model}
        </span>
      </h4>
      <dl className="grid grid-cols-2 gap-2 text-xs sm:grid-cols-4">
        <Fact label={t("ai.call.cost")}>
          <span className="tabular">{formatCost(call.cost, currency, locale)}</span>
          {call.is_estimated && <span className="block text-2xs text-ink-3">{t("ai.call.estimated")}</span>}
        </Fact>
        <Fact label={t("ai.call.tokens")}>
          <span className="tabular">
            {formatNumber(call.input_tokens, locale)} / {formatNumber(call.output_tokens, locale)}
          </span>
        </Fact>
        <Fact label={t("ai.call.latency")}>
          {call.latency_ms === null || call.latency_ms === undefined
            ? MISSING
            : formatDuration(call.latency_ms / 1000, locale)}
        </Fact>
        <Fact label={t("ai.call.finish")}>
          <code className="font-mono">{call.finish_reason || MISSING}</code>{" "}
          <span className="text-ink-3">{call.structure}</span>
        </Fact>
      </dl>
      {text ? <RawText label={label} text={text} /> : <p className="text-ink-2 text-xs">{t("ai.rawNone")}</p>}
    </section>
  );
}
