import { keepPreviousData, queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Camera, Trash2 } from "lucide-react";
import { type FormEvent, useId, useState } from "react";
import { api, type Got, unwrap, unwrapEmpty } from "@/shared/api/client";
import type { FieldMap } from "@/shared/catalogue/fields";
import { describeNode } from "@/shared/filter/describe";
import { formatDateTime } from "@/shared/format/date";
import type { ValueStyle } from "@/shared/format/field-value";
import { formatNumber } from "@/shared/format/number";
import { Button, IconButton } from "@/shared/ui/button";
import { cx } from "@/shared/ui/class-names";
import { ConfirmDialog } from "@/shared/ui/confirm-dialog";
import { TextField } from "@/shared/ui/field";
import { EmptyState, ErrorState, LoadingBlock } from "@/shared/ui/states";
import { showFailure, showToast } from "@/shared/ui/toast-store";
import type { Selection } from "./filter";
import { SnapshotDifference } from "./snapshot-difference";

type Snapshot = Got<"/api/universe/snapshots">["items"][number];

const snapshotsQuery = queryOptions({
  queryKey: ["universe", "snapshots"],
  queryFn: ({ signal }) => unwrap(api.GET("/api/universe/snapshots", { signal })),
});

/** Screens that were frozen: which companies matched then, and what has changed since, company by company and why. */
export function SnapshotsView({
  selection,
  total,
  fields,
  style,
  open,
  onOpen,
  onFilter,
}: {
  selection: Selection;
  /** Companies in the screen now, null while that is not known. */
  total: number | null;
  fields: FieldMap;
  style: ValueStyle;
  /** The snapshot that is compared with now. */
  open: string | undefined;
  onOpen: (id: string | undefined) => void;
  onFilter: (text: string | undefined) => void;
}) {
  const { t, locale } = style;
  const queries = useQueryClient();
  const snapshots = useQuery({ ...snapshotsQuery, placeholderData: keepPreviousData });
  const [doomed, setDoomed] = useState<Snapshot | null>(null);
  const refresh = () => queries.invalidateQueries({ queryKey: snapshotsQuery.queryKey });
  const remove = useMutation({
    mutationFn: ({ id }: Snapshot) =>
      unwrapEmpty(api.DELETE("/api/universe/snapshots/{id}", { params: { path: { id } } })),
    onSuccess: (_done, snapshot) => {
      if (open === snapshot.id) onOpen(undefined);
      showToast({ text: { key: "universe.snapshot.deleted", values: { name: nameOf(snapshot) } } });
    },
    onError: (error) => showFailure("universe.snapshot.deleteFailed", error),
    onSettled: refresh,
  });
  const items = snapshots.data?.items ?? [];
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col overflow-y-auto bg-surface">
      <FreezeForm selection={selection} total={total} style={style} onDone={refresh} />
      {snapshots.isError ? (
        <ErrorState error={snapshots.error} onRetry={() => void snapshots.refetch()} />
      ) : snapshots.isPending ? (
        <LoadingBlock lines={5} />
      ) : items.length === 0 ? (
        <EmptyState title={t("universe.snapshot.none")} icon={<Camera size={20} aria-hidden />}>
          <p>{t("universe.snapshot.noneText")}</p>
        </EmptyState>
      ) : (
        <section
          aria-label={t("universe.view.snapshots")}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
          tabIndex={0}
          className="relative shrink-0 overflow-x-auto border-line border-b"
        >
          <table className="w-full border-collapse text-sm">
            <caption className="sr-only">{t("universe.view.snapshots")}</caption>
            <thead className="bg-sunken text-ink-2 text-xs">
              <tr className="border-line border-b">
                <th scope="col" className="h-8 min-w-44 px-4 text-left font-medium">
                  {t("universe.snapshot.name")}
                </th>
                <th scope="col" className="px-3 text-left font-medium">
                  {t("universe.snapshot.filter")}
                </th>
                <th scope="col" className="px-3 text-right font-medium">
                  {t("universe.label")}
                </th>
                <th scope="col" className="px-3 text-left font-medium">
                  {t("universe.snapshot.taken")}
                </th>
                <th scope="col" className="w-px">
                  <span className="sr-only">{t("universe.snapshot.compare")}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {items.map((snapshot) => (
                <tr
                  key={snapshot.id}
                  aria-current={open === snapshot.id ? "true" : undefined}
                  className={cx(
                    "border-line/70 border-b last:border-0",
                    open === snapshot.id ? "bg-selected" : "hover:bg-hover",
                  )}
                >
                  <th scope="row" className="h-9 max-w-72 truncate px-4 text-left font-medium">
                    {nameOf(snapshot)}
                  </th>
                  <td className="max-w-96 px-3">
                    <button
                      type="button"
                      title={snapshot.text}
                      onClick={() => onFilter(snapshot.text || undefined)}
                      className="block max-w-full truncate text-left text-ink-2 text-xs hover:text-accent hover:underline"
                    >
                      {snapshot.text
                        ? describeNode(snapshot.filter, fields, style)
                        : t("universe.funnel.start")}
                    </button>
                  </td>
                  <td className="numeric px-3">{formatNumber(snapshot.count, locale)}</td>
                  <td
                    className="tabular whitespace-nowrap px-3 text-ink-2"
                    title={`SHA-256 ${snapshot.hash}`}
                  >
                    {formatDateTime(snapshot.created_at)}
                  </td>
                  <td className="px-2">
                    <span className="flex items-center justify-end gap-1">
                      <Button
                        size="sm"
                        aria-pressed={open === snapshot.id}
                        onClick={() => onOpen(open === snapshot.id ? undefined : snapshot.id)}
                      >
                        {t("universe.snapshot.compare")}
                      </Button>
                      <IconButton
                        size="sm"
                        label={t("universe.snapshot.delete", { name: nameOf(snapshot) })}
                        disabled={remove.isPending}
                        onClick={() => setDoomed(snapshot)}
                      >
                        <Trash2 size={13} aria-hidden />
                      </IconButton>
                    </span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {open && <SnapshotDifference id={open} fields={fields} style={style} />}
      {doomed && (
        <ConfirmDialog
          title={t("universe.snapshot.delete", { name: nameOf(doomed) })}
          text={t("universe.snapshot.confirm")}
          action={t("action.delete")}
          onConfirm={() => remove.mutate(doomed)}
          onClose={() => setDoomed(null)}
        />
      )}
    </div>
  );
}

/** What a snapshot is called: its own name, or else its filter. */
function nameOf(snapshot: Snapshot): string {
  return snapshot.name || snapshot.text || snapshot.id.slice(0, 8);
}

function FreezeForm({
  selection,
  total,
  style,
  onDone,
}: {
  selection: Selection;
  total: number | null;
  style: ValueStyle;
  onDone: () => Promise<unknown>;
}) {
  const { t } = style;
  const id = useId();
  const [name, setName] = useState("");
  const freeze = useMutation({
    mutationFn: () =>
      unwrap(api.POST("/api/universe/snapshots", { body: { ...selection, name: name.trim() || undefined } })),
    onSuccess: (taken) => {
      setName("");
      showToast({ text: { key: "universe.snapshot.frozen", values: { count: taken.count } } });
    },
    onSettled: onDone,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    freeze.mutate();
  };
  return (
    <form
      onSubmit={submit}
      className="flex shrink-0 flex-wrap items-center gap-2 border-line border-b px-4 py-2"
    >
      <label htmlFor={id} className="sr-only">
        {t("universe.snapshot.name")}
      </label>
      <TextField
        id={id}
        maxLength={200}
        placeholder={t("universe.snapshot.namePlaceholder")}
        value={name}
        onChange={(event) => setName(event.target.value)}
        className="w-64 max-sm:w-full"
      />
      <Button type="submit" look="primary" disabled={freeze.isPending || total === null}>
        <Camera size={14} aria-hidden />
        {t("universe.snapshot.freeze", { count: total ?? 0 })}
      </Button>
      <p className="text-ink-3 text-xs">{t("universe.snapshot.note")}</p>
      {freeze.isError && <ErrorState compact error={freeze.error} onRetry={() => freeze.mutate()} />}
    </form>
  );
}
