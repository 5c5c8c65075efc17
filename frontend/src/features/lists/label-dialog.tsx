import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Check, Minus, Plus } from "lucide-react";
import { useState } from "react";
import type { CompanyActionProps } from "@/shared/actions/company-actions";
import { nameCompanies } from "@/shared/actions/company-labels";
import { useI18n } from "@/shared/i18n/i18n";
import { LabelDot } from "@/shared/lists/label-chip";
import {
  LABEL_COLORS,
  type Label,
  type LabelColor,
  labelsQuery,
  useChangeLabelItems,
  useCreateLabel,
} from "@/shared/lists/labels";
import { marksQuery, undoChange } from "@/shared/lists/queries";
import { Button } from "@/shared/ui/button";
import { Dialog } from "@/shared/ui/dialog";
import { TextField } from "@/shared/ui/field";
import { ErrorState, LoadingBlock } from "@/shared/ui/states";
import { showToast } from "@/shared/ui/toast-store";

/** Puts labels on companies and takes them off; a new label is made by typing its name. */
export default function LabelDialog({ companies, onClose }: CompanyActionProps) {
  const { t, locale } = useI18n();
  const queries = useQueryClient();
  const labels = useQuery(labelsQuery);
  const orgnrs = companies.map((company) => company.orgnr);
  // Beyond a thousand companies only putting on and taking off is offered, not what each carries.
  const marks = useQuery(marksQuery(orgnrs.slice(0, 1000)));
  const change = useChangeLabelItems();
  const create = useCreateLabel();
  const [words, setWords] = useState("");
  const [color, setColor] = useState<LabelColor>("blue");
  const carried = (label: Label) =>
    (marks.data?.items ?? []).filter((item) => item.labels.some((mark) => mark.id === label.id)).length;
  const name = words.trim();
  const needle = name.toLocaleLowerCase(locale);
  const all = labels.data?.items ?? [];
  const found = all.filter((label) => label.name.toLocaleLowerCase(locale).includes(needle));
  // Until the labels are known nobody can say whether one of this name exists.
  const isNew =
    labels.isSuccess && name !== "" && !all.some((label) => label.name.toLocaleLowerCase(locale) === needle);
  const busy = change.isPending || create.isPending;
  const error = change.error ?? create.error;

  const toggle = async (label: { id: string; name: string }, remove: boolean) => {
    try {
      const done = await change.mutateAsync({ id: label.id, orgnrs, remove });
      const undo = done.change_id;
      showToast({
        text: {
          key: remove ? "labels.removed" : "labels.added",
          values: { label: label.name, count: done.changed },
        },
        undo: undo ? () => undoChange(queries, undo) : undefined,
      });
    } catch {
      // The dialog shows what was refused.
    }
  };
  const addNew = async () => {
    try {
      const made = await create.mutateAsync({ name, color, scope: "team" });
      setWords("");
      await toggle(made, false);
    } catch {
      // As above.
    }
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("labels.title")}
      description={nameCompanies(companies, t)}
      className="w-[min(28rem,calc(100vw-1.5rem))]"
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const [only] = found;
          if (busy) return;
          if (isNew) void addNew();
          else if (only && found.length === 1) void toggle(only, carried(only) === companies.length);
        }}
      >
        <TextField
          autoFocus
          aria-label={t("labels.findOrNew")}
          placeholder={t("labels.findOrNew")}
          maxLength={60}
          value={words}
          onChange={(event) => setWords(event.target.value)}
          className="h-8 w-full"
        />
        {labels.isPending ? (
          <LoadingBlock lines={4} className="px-0" />
        ) : labels.isError ? (
          <ErrorState compact error={labels.error} onRetry={() => void labels.refetch()} />
        ) : (
          <ul className="mt-2 flex max-h-72 flex-col overflow-y-auto" aria-label={t("labels.title")}>
            {found.map((label) => {
              const some = carried(label);
              const state = some === 0 ? "false" : some === companies.length ? "true" : "mixed";
              return (
                <li key={label.id}>
                  <button
                    type="button"
                    role="checkbox"
                    aria-checked={state}
                    disabled={busy}
                    onClick={() => void toggle(label, state === "true")}
                    className="flex h-8 w-full items-center gap-2 rounded-md px-2 text-left hover:bg-hover"
                  >
                    <span className="flex size-4 items-center justify-center rounded-sm border border-field">
                      {state === "true" && <Check size={12} aria-hidden />}
                      {state === "mixed" && <Minus size={12} aria-hidden />}
                    </span>
                    <LabelDot color={label.color} />
                    <span className="truncate">{label.name}</span>
                    <span className="tabular ml-auto shrink-0 text-ink-2 text-xs">
                      {t("lists.companies", { count: label.item_count })}
                    </span>
                  </button>
                </li>
              );
            })}
            {found.length === 0 && !isNew && <li className="px-2 py-3 text-ink-2">{t("labels.noneYet")}</li>}
          </ul>
        )}
        {isNew && (
          <div className="mt-3 flex flex-col gap-2 border-line border-t pt-3">
            <ColorPicker value={color} onChange={setColor} />
            <Button type="submit" look="primary" disabled={busy} className="self-start">
              <Plus size={14} aria-hidden /> {t("labels.createNamed", { name })}
            </Button>
          </div>
        )}
      </form>
      {error && <ErrorState compact error={error} />}
    </Dialog>
  );
}

/** One of the colours, each with its name. */
export function ColorPicker({
  value,
  onChange,
}: {
  value: LabelColor;
  onChange: (color: LabelColor) => void;
}) {
  const { t } = useI18n();
  return (
    <fieldset className="flex flex-wrap gap-1">
      <legend className="mb-1 text-ink-2 text-xs">{t("labels.color")}</legend>
      {LABEL_COLORS.map((color) => (
        <label
          key={color}
          className="flex h-7 cursor-pointer items-center gap-1.5 rounded-md border border-line px-2 text-xs hover:bg-hover has-[:checked]:border-accent has-[:checked]:bg-selected has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-accent"
        >
          <input
            type="radio"
            name="label-color"
            value={color}
            checked={value === color}
            onChange={() => onChange(color)}
            className="sr-only"
          />
          <LabelDot color={color} />
          {t(`labels.color.${color}`)}
        </label>
      ))}
    </fieldset>
  );
}
