import { Plus, X } from "lucide-react";
import { useState } from "react";
import type { Field, FieldMap } from "@/shared/catalogue/fields";
import type { ValueStyle } from "@/shared/format/field-value";
import { useShortcuts } from "@/shared/keyboard/shortcuts";
import { Button } from "@/shared/ui/button";
import { Popover } from "@/shared/ui/menu";
import { ConditionEditor } from "./condition-editor";
import { describePart } from "./describe";
import { FieldPicker } from "./field-picker";
import type { FilterPart, FilterState } from "./filter";

/** One chip per condition, each opening its editor, and a button that adds another. */
export function FilterChips({
  state,
  fields,
  groups,
  style,
  onEditText,
}: {
  state: FilterState;
  fields: FieldMap;
  groups: ReadonlyMap<string, string>;
  style: ValueStyle;
  /** Opens the text form, for groups that no form can show. */
  onEditText: () => void;
}) {
  return (
    <ul className="flex min-w-0 flex-wrap items-center gap-1.5">
      {state.parts.map((part, index) => (
        <li key={part.text}>
          <Chip
            part={part}
            fields={fields}
            style={style}
            onEditText={onEditText}
            onChange={(node) => void state.edit(index, node)}
          />
        </li>
      ))}
      <li>
        <AddFilter
          fields={fields}
          groups={groups}
          style={style}
          onAdd={(node) => void state.edit(null, node)}
        />
      </li>
    </ul>
  );
}

function Chip({
  part,
  fields,
  style,
  onChange,
  onEditText,
}: {
  part: FilterPart;
  fields: FieldMap;
  style: ValueStyle;
  onChange: (node: FilterPart["filter"] | null) => void;
  onEditText: () => void;
}) {
  const { t } = style;
  const [open, setOpen] = useState(false);
  const { field, name, condition } = describePart(part, fields, style);
  const label = `${name} ${condition}`.trim();
  const face = (
    <button
      type="button"
      aria-label={t("universe.editFilter", { filter: label })}
      onClick={field ? undefined : onEditText}
      className="flex h-full min-w-0 items-center gap-1.5 rounded-l-md pr-1 pl-2 hover:bg-hover focus-visible:-outline-offset-1"
    >
      {name && <span className="truncate text-ink-2">{name}</span>}
      <span className="tabular max-w-80 truncate font-medium">{condition}</span>
    </button>
  );
  return (
    <span className="inline-flex h-6 max-w-[30rem] items-center rounded-md border border-line-strong bg-surface text-xs">
      {field ? (
        <Popover
          open={open}
          onOpenChange={setOpen}
          label={t("universe.editFilter", { filter: label })}
          trigger={face}
        >
          <ConditionEditor
            field={field}
            part={part}
            onDone={(node) => {
              setOpen(false);
              onChange(node);
            }}
          />
        </Popover>
      ) : (
        face
      )}
      <button
        type="button"
        aria-label={t("universe.removeFilter", { filter: label })}
        onClick={() => onChange(null)}
        className="flex h-full w-6 items-center justify-center rounded-r-md text-ink-3 hover:bg-hover hover:text-ink focus-visible:-outline-offset-1"
      >
        <X size={12} aria-hidden />
      </button>
    </span>
  );
}

function AddFilter({
  fields,
  groups,
  style,
  onAdd,
}: {
  fields: FieldMap;
  groups: ReadonlyMap<string, string>;
  style: ValueStyle;
  onAdd: (node: FilterPart["filter"]) => void;
}) {
  const { t } = style;
  const [open, setOpen] = useState(false);
  const [field, setField] = useState<Field | null>(null);
  const change = (next: boolean) => {
    setOpen(next);
    setField(null);
  };
  useShortcuts([
    { keys: "f", label: "shortcuts.filter", group: "shortcuts.group.table", run: () => change(true) },
  ]);
  return (
    <Popover
      open={open}
      onOpenChange={change}
      label={t("universe.addFilter")}
      trigger={
        <Button look="ghost" size="sm" aria-keyshortcuts="f">
          <Plus size={13} aria-hidden /> {t("universe.addFilter")}
        </Button>
      }
    >
      {field ? (
        <ConditionEditor
          field={field}
          part={null}
          onDone={(node) => {
            change(false);
            if (node) onAdd(node);
          }}
        />
      ) : (
        <FieldPicker
          fields={fields}
          groups={groups}
          accept={(entry) => entry.operators.length > 0 && entry.kind !== "set"}
          onPick={setField}
        />
      )}
    </Popover>
  );
}
