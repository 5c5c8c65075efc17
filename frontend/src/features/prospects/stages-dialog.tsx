import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ArrowDown, ArrowUp, Plus, RotateCcw, Trash2 } from "lucide-react";
import { useState } from "react";
import { api, unwrap } from "@/shared/api/client";
import { useI18n } from "@/shared/i18n/i18n";
import { refreshPipeline, type Stage, stagesQuery } from "@/shared/prospects/queries";
import { activeStages, stageName } from "@/shared/prospects/stage-labels";
import { Button, IconButton } from "@/shared/ui/button";
import { cx } from "@/shared/ui/class-names";
import { Dialog } from "@/shared/ui/dialog";
import { SelectField, TextField } from "@/shared/ui/field";
import { newId } from "@/shared/ui/new-id";
import { ErrorState, LoadingBlock } from "@/shared/ui/states";
import { showToast } from "@/shared/ui/toast-store";

type Row = {
  /** Null for a new stage. */
  key: string | null;
  id: string;
  name: string;
  outcome: "open" | "closed" | "passed";
  days: string;
  count: number;
  retired: boolean;
  moveTo: string;
};

function rowOf(stage: Stage): Row {
  return {
    key: stage.key,
    id: stage.key,
    name: stage.name ?? "",
    outcome: stage.outcome as Row["outcome"],
    days: stage.stale_after_days?.toString() ?? "",
    count: stage.prospect_count,
    retired: false,
    moveTo: "",
  };
}

/** The team's stages: names, order, meaning; new ones, and where the prospects of a removed one go. */
export default function StagesDialog({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const pipeline = useQuery({ ...stagesQuery, staleTime: 0 });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("stages.title")}
      description={t("stages.text")}
      className="w-[min(46rem,calc(100vw-1.5rem))]"
    >
      {pipeline.isPending || (pipeline.isFetching && !pipeline.isFetchedAfterMount) ? (
        <LoadingBlock />
      ) : pipeline.isError ? (
        <ErrorState compact error={pipeline.error} onRetry={() => void pipeline.refetch()} />
      ) : (
        <StagesForm
          key={pipeline.data.version}
          stages={activeStages(pipeline.data.stages)}
          version={pipeline.data.version}
          onClose={onClose}
        />
      )}
    </Dialog>
  );
}

function StagesForm({
  stages,
  version,
  onClose,
}: {
  stages: readonly Stage[];
  version: number;
  onClose: () => void;
}) {
  const { t } = useI18n();
  const queries = useQueryClient();
  const [rows, setRows] = useState<Row[]>(() => stages.map(rowOf));
  const save = useMutation({
    mutationFn: () =>
      unwrap(
        api.PUT("/api/prospects/stages", {
          body: {
            version,
            stages: rows
              .filter((row) => !row.retired)
              .map((row) => ({
                key: row.key ?? undefined,
                name: row.name.trim() || undefined,
                outcome: row.outcome,
                stale_after_days: row.days.trim() === "" ? undefined : Number(row.days),
              })),
            moves: Object.fromEntries(
              rows.filter((row) => row.retired && row.key && row.moveTo).map((row) => [row.key, row.moveTo]),
            ),
          },
        }),
      ),
    onSuccess: async () => {
      await refreshPipeline(queries);
      showToast({ text: { key: "stages.saved" } });
      onClose();
    },
  });
  const change = (id: string, next: Partial<Row>) =>
    setRows(rows.map((row) => (row.id === id ? { ...row, ...next } : row)));
  const swap = (index: number, other: number) => {
    const next = [...rows];
    const [one, two] = [next[index], next[other]];
    if (!one || !two) return;
    next[index] = two;
    next[other] = one;
    setRows(next);
  };
  const called = (row: Row) => row.name || (row.key ? stageName(row.key, undefined, t) : t("stages.name"));
  const remaining = rows.filter((row) => !row.retired && row.key);
  const isComplete = rows.every(
    (row) =>
      (row.key || row.name.trim() !== "" || row.retired) && (!row.retired || row.count === 0 || row.moveTo),
  );
  return (
    <div className="flex flex-col gap-3">
      <ul className="flex flex-col gap-1.5">
        {rows.map((row, index) => (
          <li key={row.id} className={cx("flex flex-wrap items-center gap-2", row.retired && "text-ink-3")}>
            <span className="flex">
              <IconButton
                size="sm"
                label={t("stages.up", { name: called(row) })}
                disabled={index === 0}
                onClick={() => swap(index, index - 1)}
              >
                <ArrowUp size={13} aria-hidden />
              </IconButton>
              <IconButton
                size="sm"
                label={t("stages.down", { name: called(row) })}
                disabled={index === rows.length - 1}
                onClick={() => swap(index, index + 1)}
              >
                <ArrowDown size={13} aria-hidden />
              </IconButton>
            </span>
            <TextField
              aria-label={t("stages.name")}
              placeholder={row.key ? stageName(row.key, undefined, t) : t("stages.name")}
              maxLength={60}
              value={row.name}
              disabled={row.retired}
              onChange={(event) => change(row.id, { name: event.target.value })}
              className={cx("min-w-36 flex-1", row.retired && "line-through")}
            />
            {row.retired ? (
              row.count > 0 && (
                <SelectField
                  aria-label={`${t("stages.moveTo")}: ${called(row)}`}
                  value={row.moveTo}
                  onChange={(event) => change(row.id, { moveTo: event.target.value })}
                >
                  <option value="">
                    {t("stages.moveTo")}… ({t("stages.holds", { count: row.count })})
                  </option>
                  {remaining.map((other) => (
                    <option key={other.id} value={other.key ?? ""}>
                      {called(other)}
                    </option>
                  ))}
                </SelectField>
              )
            ) : (
              <>
                <SelectField
                  aria-label={`${t("stages.outcome")}: ${called(row)}`}
                  value={row.outcome}
                  onChange={(event) => change(row.id, { outcome: event.target.value as Row["outcome"] })}
                >
                  <option value="open">{t("stages.outcome.open")}</option>
                  <option value="closed">{t("stages.outcome.closed")}</option>
                  <option value="passed">{t("stages.outcome.passed")}</option>
                </SelectField>
                <TextField
                  type="number"
                  min={1}
                  max={3650}
                  aria-label={`${t("stages.stale")}: ${called(row)}`}
                  title={t("stages.stale")}
                  placeholder={t("stages.never")}
                  value={row.days}
                  disabled={row.outcome !== "open"}
                  onChange={(event) => change(row.id, { days: event.target.value })}
                  className="w-20"
                />
                <span className="tabular w-20 text-ink-2 text-xs max-sm:hidden">
                  {row.count > 0 && t("stages.holds", { count: row.count })}
                </span>
              </>
            )}
            <IconButton
              size="sm"
              label={t(row.retired ? "stages.bringBack" : "stages.retire", { name: called(row) })}
              onClick={() =>
                row.key
                  ? change(row.id, { retired: !row.retired, moveTo: "" })
                  : setRows(rows.filter((other) => other.id !== row.id))
              }
            >
              {row.retired ? <RotateCcw size={13} aria-hidden /> : <Trash2 size={13} aria-hidden />}
            </IconButton>
          </li>
        ))}
      </ul>
      <div>
        <Button
          look="ghost"
          onClick={() =>
            setRows([
              ...rows,
              {
                key: null,
                id: newId(),
                name: "",
                outcome: "open",
                days: "14",
                count: 0,
                retired: false,
                moveTo: "",
              },
            ])
          }
        >
          <Plus size={13} aria-hidden /> {t("stages.add")}
        </Button>
      </div>
      {save.error && <ErrorState compact error={save.error} />}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{t("action.cancel")}</Button>
        <Button look="primary" disabled={save.isPending || !isComplete} onClick={() => save.mutate()}>
          {t("action.save")}
        </Button>
      </div>
    </div>
  );
}
