import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { type FormEvent, useState } from "react";
import { api, unwrap, unwrapEmpty } from "@/shared/api/client";
import { useMay } from "@/shared/auth/me";
import { useI18n } from "@/shared/i18n/i18n";
import { LabelChip } from "@/shared/lists/label-chip";
import { LABEL_COLORS, type Label, type LabelColor, labelsQuery } from "@/shared/lists/labels";
import { refreshLists } from "@/shared/lists/queries";
import { Button } from "@/shared/ui/button";
import { Dialog } from "@/shared/ui/dialog";
import { LabelledField } from "@/shared/ui/field";
import { PlainTable } from "@/shared/ui/plain-table";
import { Section } from "@/shared/ui/section";
import { Segmented } from "@/shared/ui/segmented";
import { EmptyState, ErrorState, LoadingBlock } from "@/shared/ui/states";
import { showFailure, showToast } from "@/shared/ui/toast-store";
import { ColorPicker } from "./label-dialog";

/** Every label, to be made, renamed, recoloured and deleted. */
export function LabelsPanel() {
  const { t } = useI18n();
  const queries = useQueryClient();
  const may = useMay("edit_work");
  const mayManage = useMay("manage_team_work");
  const labels = useQuery(labelsQuery);
  const [open, setOpen] = useState<Label | "new" | null>(null);
  const remove = async (label: Label) => {
    try {
      await unwrapEmpty(api.DELETE("/api/labels/{id}", { params: { path: { id: label.id } } }));
    } catch (error) {
      showFailure("lists.failed", error);
      return;
    } finally {
      await refreshLists(queries);
    }
    showToast({
      text: { key: "labels.deleted", values: { label: label.name } },
      undo: () =>
        unwrap(api.POST("/api/labels/{id}/restore", { params: { path: { id: label.id } } })).finally(() =>
          refreshLists(queries),
        ),
    });
  };
  const items = labels.data?.items ?? [];
  return (
    <Section
      title={t("lists.tab.labels")}
      flush
      actions={
        may && (
          <Button size="sm" onClick={() => setOpen("new")}>
            <Plus size={13} aria-hidden /> {t("labels.new")}
          </Button>
        )
      }
    >
      {labels.isPending ? (
        <LoadingBlock lines={5} />
      ) : labels.isError ? (
        <ErrorState error={labels.error} onRetry={() => void labels.refetch()} />
      ) : items.length === 0 ? (
        <EmptyState title={t("labels.none")}>{t("labels.noneText")}</EmptyState>
      ) : (
        <PlainTable
          label={t("lists.tab.labels")}
          rows={items}
          keyOf={(label) => label.id}
          columns={[
            {
              key: "name",
              header: t("labels.name"),
              cell: (label) => <LabelChip name={label.name} color={label.color} />,
            },
            {
              key: "count",
              header: t("lists.count"),
              align: "right",
              cell: (label) => (
                <Link
                  to="/universe"
                  search={{ f: `in label ${JSON.stringify(label.name)}` }}
                  className="text-accent hover:underline"
                  aria-label={t("labels.showCompanies", { label: label.name, count: label.item_count })}
                >
                  {label.item_count}
                </Link>
              ),
            },
            {
              key: "scope",
              header: t("lists.readers"),
              cell: (label) => t(label.scope === "team" ? "lists.team" : "lists.private"),
            },
            {
              key: "do",
              header: <span className="sr-only">{t("lists.menu")}</span>,
              align: "right",
              cell: (label) =>
                (label.is_own || mayManage) && (
                  <span className="inline-flex gap-1">
                    <Button size="sm" look="ghost" onClick={() => setOpen(label)}>
                      {t("lists.edit")}
                    </Button>
                    <Button size="sm" look="ghost" onClick={() => void remove(label)}>
                      {t("action.delete")}
                    </Button>
                  </span>
                ),
            },
          ]}
        />
      )}
      {open && <LabelForm label={open === "new" ? null : open} onClose={() => setOpen(null)} />}
    </Section>
  );
}

function LabelForm({ label, onClose }: { label: Label | null; onClose: () => void }) {
  const { t } = useI18n();
  const queries = useQueryClient();
  const [name, setName] = useState(label?.name ?? "");
  const [color, setColor] = useState<LabelColor>(
    LABEL_COLORS.find((known) => known === label?.color) ?? "blue",
  );
  const [scope, setScope] = useState<"team" | "private">(label?.scope === "private" ? "private" : "team");
  const save = useMutation({
    mutationFn: () =>
      label
        ? unwrap(
            api.PUT("/api/labels/{id}", {
              params: { path: { id: label.id } },
              body: { name, color, scope, version: label.version },
            }),
          )
        : unwrap(api.POST("/api/labels", { body: { name, color, scope } })),
    onSuccess: onClose,
    onSettled: () => refreshLists(queries),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t(label ? "labels.edit" : "labels.new")}
      className="w-[min(28rem,calc(100vw-1.5rem))]"
    >
      <form onSubmit={submit} className="flex flex-col gap-3">
        <LabelledField
          label={t("labels.name")}
          autoFocus
          required
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <ColorPicker value={color} onChange={setColor} />
        <div className="flex items-center gap-2 text-ink-2 text-xs">
          {t("lists.readers")}
          <Segmented
            size="sm"
            label={t("lists.readers")}
            value={scope}
            onChange={setScope}
            options={[
              { value: "team", label: t("lists.team") },
              { value: "private", label: t("lists.private") },
            ]}
          />
        </div>
        {save.error && <ErrorState compact error={save.error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button type="submit" look="primary" disabled={name.trim() === "" || save.isPending}>
            {t("action.save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
