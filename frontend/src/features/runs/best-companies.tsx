import { useQueryClient } from "@tanstack/react-query";
import { FileSpreadsheet, Trophy } from "lucide-react";
import { useId, useState } from "react";
import { type CompanyRef, openCompanyAction, useCompanyActions } from "@/shared/actions/company-actions";
import { downloadFile } from "@/shared/api/fetch";
import { useMay } from "@/shared/auth/me";
import { useI18n } from "@/shared/i18n/i18n";
import type { Run } from "@/shared/runs/queries";
import { Button } from "@/shared/ui/button";
import { Dialog } from "@/shared/ui/dialog";
import { TextField } from "@/shared/ui/field";
import { showFailure } from "@/shared/ui/toast-store";
import { runCompaniesQuery } from "./run-queries";

/** How many are offered at first, and at most at once. */
const USUAL = 10;
const MOST = 200;

/** Columns of the workbook: what a first look needs. */
const COLUMNS = [
  "orgnr",
  "name",
  "sni",
  "county",
  "revenue",
  "growth_yoy",
  "ebit_margin",
  "equity_ratio",
  "employees",
  "period_end",
];

/** The best companies of an analysis, to a list, the pipeline, a label or a workbook. */
export function BestCompanies({ run }: { run: Run }) {
  const { t, locale } = useI18n();
  const queries = useQueryClient();
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const [text, setText] = useState(String(USUAL));
  const mayExport = useMay("export");
  const actions = useCompanyActions().filter((action) => !action.single);
  const count = /^\d+$/.test(text.trim()) ? Number(text) : 0;
  const isRight = count >= 1 && count <= MOST;

  /** The first of the table: those that fit best. A part of a run that failed has no place in it. */
  const take = async (use: (companies: readonly CompanyRef[]) => unknown) => {
    try {
      const found = await queries.fetchQuery(runCompaniesQuery(run.id, "completed", 0, count, false));
      const companies = found.items
        .filter((row) => row.points !== null && row.points !== undefined)
        .map(({ orgnr, name }) => ({ orgnr, name: name ?? null }));
      setOpen(false);
      await use(companies);
    } catch (error) {
      showFailure("runs.bestFailed", error);
    }
  };
  const save = (companies: readonly CompanyRef[]) =>
    downloadFile(
      "/api/universe/export",
      {
        own: `${t("runs.bestFile", { count: companies.length })} ${new Date().toISOString().slice(0, 10)}.xlsx`,
      },
      {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({
          filter: { field: "orgnr", op: "in", value: companies.map((company) => company.orgnr) },
          include_excluded: true,
          columns: COLUMNS,
          format: "xlsx",
          language: locale,
        }),
      },
    );
  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)}>
        <Trophy size={13} aria-hidden /> {t("runs.best")}
      </Button>
      <Dialog open={isOpen} onOpenChange={setOpen} title={t("runs.best")} description={t("runs.bestText")}>
        <div className="flex flex-col gap-4">
          <label htmlFor={id} className="flex items-center gap-2">
            {t("runs.bestCount")}
            <TextField
              id={id}
              inputMode="numeric"
              value={text}
              aria-invalid={!isRight}
              onChange={(event) => setText(event.target.value)}
              className="w-20"
            />
            {!isRight && <span className="text-bad text-xs">{t("runs.bestRange", { most: MOST })}</span>}
          </label>
          <div className="flex flex-wrap gap-2">
            {actions.map((action) => (
              <Button
                key={action.id}
                disabled={!isRight}
                onClick={() => void take((companies) => openCompanyAction(action, companies))}
              >
                <action.icon size={13} aria-hidden /> {t(action.label)}
              </Button>
            ))}
            {mayExport && (
              <Button disabled={!isRight} onClick={() => void take(save)}>
                <FileSpreadsheet size={13} aria-hidden /> {t("runs.bestWorkbook")}
              </Button>
            )}
          </div>
        </div>
      </Dialog>
    </>
  );
}
