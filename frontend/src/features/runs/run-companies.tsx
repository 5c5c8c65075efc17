import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { MISSING } from "@/shared/format/number";
import { formatOrgnr } from "@/shared/format/orgnr";
import { useI18n } from "@/shared/i18n/i18n";
import type { Run } from "@/shared/runs/queries";
import { partLabel, RunState, reasonLabel } from "@/shared/runs/run-status";
import { Badge } from "@/shared/ui/badge";
import { Button } from "@/shared/ui/button";
import { Dialog } from "@/shared/ui/dialog";
import { SelectField } from "@/shared/ui/field";
import { Pager } from "@/shared/ui/pager";
import { PlainTable } from "@/shared/ui/plain-table";
import { Section } from "@/shared/ui/section";
import { EmptyState, ErrorState, LoadingBlock } from "@/shared/ui/states";
import { AnalysisView } from "./analysis-view";
import { BestCompanies } from "./best-companies";
import { recommended } from "./report-edits";
import { Recommendation } from "./report-view";
import { ReviewDialog } from "./review-dialog";
import { type AnalysisResult, type RunCompany, runCompaniesQuery } from "./run-queries";
import { Verdict } from "./verdict";

const route = getRouteApi("/ai/runs/$id");
const PAGE = 50;
const STATES = ["queued", "running", "completed", "failed", "skipped", "cancelled"] as const;
/** Companies that fit side by side. */
const MOST_COMPARED = 4;

/** The companies of a run: each part with its state and reason; for an analysis what it says, best fit first. */
export function RunCompanies({ run, isLive }: { run: Run; isLive: boolean }) {
  const { t } = useI18n();
  const { state = "", offset = 0, company } = route.useSearch();
  const navigate = route.useNavigate();
  const [shown, setShown] = useState<readonly RunCompany[]>([]);
  const [chosen, setChosen] = useState<readonly RunCompany[]>([]);
  const companies = useQuery(runCompaniesQuery(run.id, state, offset, PAGE, isLive));
  const isAnalysis = run.kind === "analysis";
  const go = (search: { state?: string; offset?: number; company?: string }) =>
    void navigate({ search, replace: true });
  const open = (orgnr: string | undefined) =>
    go({ ...(state && { state }), ...(offset > 0 && { offset }), ...(orgnr && { company: orgnr }) });
  const reviewed = companies.data?.items.filter((row) => row.result) ?? [];
  return (
    <Section
      title={t("runs.companies")}
      flush
      actions={
        <>
          {isAnalysis && (companies.data?.total ?? 0) > 0 && <BestCompanies run={run} />}
          {reviewed[0] && (
            <Button
              size="sm"
              onClick={() => open((reviewed.find((row) => !row.verdict) ?? reviewed[0])?.orgnr)}
            >
              {t("ai.review")}
            </Button>
          )}
          {isAnalysis && (
            <Button
              size="sm"
              disabled={chosen.length < 2}
              title={t("runs.compareHelp")}
              onClick={() => setShown(chosen)}
            >
              {t("runs.compare")}
            </Button>
          )}
          <SelectField
            aria-label={t("runs.state")}
            value={state}
            onChange={(event) => go(event.target.value ? { state: event.target.value } : {})}
          >
            <option value="">{t("runs.states")}</option>
            {STATES.map((one) => (
              <option key={one} value={one}>
                {t(`runs.status.${one}`)}
              </option>
            ))}
          </SelectField>
        </>
      }
    >
      {companies.isPending ? (
        <LoadingBlock lines={6} />
      ) : companies.isError ? (
        <ErrorState compact error={companies.error} onRetry={() => void companies.refetch()} />
      ) : companies.data.items.length === 0 ? (
        <EmptyState title={t("runs.noCompanies")} />
      ) : (
        <div aria-busy={companies.isPlaceholderData}>
          <PlainTable
            label={t("runs.companies")}
            rows={companies.data.items}
            keyOf={(row) => row.orgnr}
            columns={[
              ...(isAnalysis
                ? [
                    {
                      key: "choose",
                      header: <span className="sr-only">{t("runs.compare")}</span>,
                      className: "w-8",
                      cell: (row: RunCompany) => {
                        const isChosen = chosen.some((one) => one.orgnr === row.orgnr);
                        return (
                          <input
                            type="checkbox"
                            aria-label={t("runs.choose", { name: row.name ?? row.orgnr })}
                            checked={isChosen}
                            disabled={!row.result || (!isChosen && chosen.length >= MOST_COMPARED)}
                            onChange={() =>
                              setChosen(
                                isChosen ? chosen.filter((one) => one.orgnr !== row.orgnr) : [...chosen, row],
                              )
                            }
                          />
                        );
                      },
                    },
                    {
                      key: "points",
                      header: t("runs.score"),
                      align: "right" as const,
                      cell: (row: RunCompany) => (
                        <span className="font-semibold">{row.points ?? MISSING}</span>
                      ),
                    },
                  ]
                : []),
              {
                key: "name",
                header: t("runs.name"),
                className: "max-w-72 truncate",
                cell: (row) => (
                  <Link
                    to="/company/$orgnr"
                    params={{ orgnr: row.orgnr }}
                    className="font-medium text-accent hover:underline"
                  >
                    {row.name ?? formatOrgnr(row.orgnr)}
                  </Link>
                ),
              },
              ...(isAnalysis
                ? [
                    {
                      key: "findings",
                      header: t("runs.findings"),
                      cell: (row: RunCompany) => <FindingCounts row={row} onOpen={() => open(row.orgnr)} />,
                    },
                    {
                      key: "verdict",
                      header: t("runs.verdict"),
                      cell: (row: RunCompany) =>
                        row.result ? <Verdict runId={run.id} row={row} /> : MISSING,
                    },
                  ]
                : run.parts.map((part) => ({
                    key: part,
                    header: partLabel(part, t),
                    cell: (row: RunCompany) => <PartState row={row} part={part} />,
                  }))),
            ]}
          />
          <Pager
            offset={offset}
            limit={PAGE}
            total={companies.data.total}
            onOffset={(next) => go({ ...(state && { state }), ...(next > 0 && { offset: next }) })}
          />
        </div>
      )}
      <Dialog
        open={shown.length > 0}
        onOpenChange={(open) => !open && setShown([])}
        title={t("runs.compare")}
        description={run.model?.model ? t("ai.writtenBy", { model: run.model.model }) : t("runs.byRules")}
        className="w-[min(80rem,calc(100vw-1.5rem))]"
      >
        <div className="grid gap-5" style={{ gridTemplateColumns: `repeat(auto-fit, minmax(16rem, 1fr))` }}>
          {shown.map((row) => (
            <article key={row.orgnr} className="flex min-w-0 flex-col gap-4">
              <h3 className="font-semibold">{row.name ?? formatOrgnr(row.orgnr)}</h3>
              {row.result && (
                <>
                  {/* The row as it is now: a verdict that was just given shows. */}
                  <Verdict
                    inFull
                    runId={run.id}
                    row={companies.data?.items.find((one) => one.orgnr === row.orgnr) ?? row}
                  />
                  <AnalysisView isNamed orgnr={row.orgnr} result={row.result as unknown as AnalysisResult} />
                </>
              )}
            </article>
          ))}
        </div>
      </Dialog>
      {company && companies.data && (
        <ReviewDialog
          run={run}
          rows={reviewed}
          orgnr={company}
          hasMore={offset + PAGE < companies.data.total}
          onOpen={open}
        />
      )}
    </Section>
  );
}

function PartState({ row, part }: { row: RunCompany; part: string }) {
  const { t } = useI18n();
  const found = row.parts.find((one) => one.part === part);
  if (!found) return MISSING;
  return (
    <span className="flex min-w-32 flex-wrap items-center gap-x-1.5" title={found.detail ?? undefined}>
      <RunState state={found.state} />
      {found.reason && <span className="text-ink-2 text-xs">{reasonLabel(found.reason, t)}</span>}
    </span>
  );
}

const COUNTS = "-ml-1 flex items-center gap-1.5 whitespace-nowrap rounded-md px-1 py-0.5 hover:bg-hover";

function FindingCounts({ row, onOpen }: { row: RunCompany; onOpen: () => void }) {
  const { t } = useI18n();
  const state = row.parts[0];
  if (!row.result) {
    return state ? (
      <span className="flex items-center gap-1.5">
        <RunState state={state.state} />
        {state.reason && <span className="text-ink-2 text-xs">{reasonLabel(state.reason, t)}</span>}
      </span>
    ) : null;
  }
  const { findings, report, model } = row.result as unknown as AnalysisResult;
  if (model && report) {
    const unverified = report.counts.contradicted + report.counts.not_found;
    const advice = recommended(report);
    return (
      <button type="button" onClick={onOpen} title={t("runs.details")} className={COUNTS}>
        {advice && <Recommendation value={advice} />}
        <Badge tone="good">{t("ai.verifiedCount", { count: report.counts.verified })}</Badge>
        {unverified > 0 && <Badge tone="warn">{t("ai.unverifiedCount", { count: unverified })}</Badge>}
      </button>
    );
  }
  const count = (kind: string) => findings.filter((finding) => finding.kind === kind).length;
  return (
    <button type="button" onClick={onOpen} title={t("runs.details")} className={COUNTS}>
      {count("risk_flag") > 0 && (
        <Badge tone="bad">
          {t("runs.risks")} {count("risk_flag")}
        </Badge>
      )}
      {count("strength") > 0 && (
        <Badge tone="good">
          {t("runs.strengths")} {count("strength")}
        </Badge>
      )}
      {count("weakness") > 0 && (
        <Badge tone="warn">
          {t("runs.weaknesses")} {count("weakness")}
        </Badge>
      )}
      {findings.length === 0 && <span className="text-ink-2 text-xs">{t("runs.noFindings")}</span>}
    </button>
  );
}
