import { Plus, X } from "lucide-react";
import { type ReactNode, useState } from "react";
import type { Field, FieldMap } from "@/shared/catalogue/fields";
import { describePart } from "@/shared/filter/describe";
import type { FilterNode } from "@/shared/filter/node";
import { type Joint, jointOf, membersOf } from "@/shared/filter/node";
import type { ValueStyle } from "@/shared/format/field-value";
import { useShortcuts } from "@/shared/keyboard/shortcuts";
import { Button, IconButton } from "@/shared/ui/button";
import { Popover } from "@/shared/ui/menu";
import { ConditionEditor } from "./condition-editor";
import { FieldPicker } from "./field-picker";
import type { FilterState } from "./filter";
import { joinNodes, negate, type Path, replaceAt } from "./filter-tree";

type Tools = {
  fields: FieldMap;
  groups: ReadonlyMap<string, string>;
  style: ValueStyle;
  /** Puts another node in the place of one, or nothing. */
  onReplace: (path: Path, node: FilterNode | null) => void;
  /** Opens the text form, for conditions that no form can show. */
  onEditText: () => void;
};

/**
 * The filter as chips: one per condition, groups in a frame of their own with the word that joins them, `not` in
 * front of what it negates. Everything opens its editor, and the joining words can be pressed to change them.
 */
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
  onEditText: () => void;
}) {
  const tools: Tools = {
    fields,
    groups,
    style,
    onEditText,
    onReplace: ([place, ...inside], node) => {
      const shown = state.parts[place ?? -1]?.filter;
      if (shown) void state.edit((nodes) => replaceAt(nodes, [nodes.indexOf(shown), ...inside], node));
    },
  };
  return (
    <ul
      className="flex min-w-0 flex-wrap items-center gap-x-1 gap-y-1.5"
      aria-label={style.t("universe.filterHas")}
    >
      {state.parts.map((part, index) => (
        <li key={part.text} className="inline-flex min-w-0 max-w-full items-center gap-1">
          {index > 0 && (
            <JointButton
              joint="all"
              style={style}
              onChange={() =>
                void state.edit((nodes) => {
                  const joined = joinNodes("any", nodes);
                  return joined ? [joined] : [];
                })
              }
            />
          )}
          <NodeChip node={part.filter} text={part.text} path={[index]} tools={tools} />
        </li>
      ))}
      <li>
        <AddFilter tools={tools} onAdd={(node) => void state.edit((nodes) => [...nodes, node])} main />
      </li>
    </ul>
  );
}

function NodeChip({
  node,
  text,
  path,
  tools,
}: {
  node: FilterNode;
  text?: string;
  path: Path;
  tools: Tools;
}) {
  if ("not" in node) {
    const { t } = tools.style;
    return (
      <span className="inline-flex min-w-0 max-w-full items-center gap-1">
        <button
          type="button"
          title={t("universe.group.unnegate")}
          aria-label={`${t("universe.group.not")}: ${t("universe.group.unnegate")}`}
          onClick={() => tools.onReplace(path, node.not)}
          className="h-6 rounded-md bg-warn-soft px-1.5 font-medium text-2xs text-warn hover:underline"
        >
          {t("universe.group.not")}
        </button>
        <NodeChip node={node.not} path={[...path, 0]} tools={tools} />
      </span>
    );
  }
  const joint = jointOf(node);
  if (joint) return <GroupChip node={node} joint={joint} path={path} tools={tools} />;
  return <ConditionChip node={node} text={text} path={path} tools={tools} />;
}

/** The word between two members of a group; pressing it turns "and" into "or" and back. */
function JointButton({ joint, style, onChange }: { joint: Joint; style: ValueStyle; onChange: () => void }) {
  const { t } = style;
  const word = t(joint === "all" ? "universe.group.and" : "universe.group.or");
  const other = t(joint === "all" ? "universe.group.or" : "universe.group.and");
  return (
    <button
      type="button"
      title={t("universe.group.switch", { word: other })}
      aria-label={`${word}: ${t("universe.group.switch", { word: other })}`}
      onClick={onChange}
      className="h-6 shrink-0 rounded-sm px-1 text-2xs text-ink-2 hover:bg-hover hover:text-ink"
    >
      {word}
    </button>
  );
}

function GroupChip({
  node,
  joint,
  path,
  tools,
}: {
  node: FilterNode;
  joint: Joint;
  path: Path;
  tools: Tools;
}) {
  const { t } = tools.style;
  const members = membersOf(node);
  return (
    <fieldset
      aria-label={t(joint === "all" ? "universe.group.all" : "universe.group.any")}
      className="m-0 inline-flex min-w-0 max-w-full flex-wrap items-center gap-1 rounded-md border border-field border-dashed px-1 py-0.5"
    >
      {members.map((member, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a member is known by its place; its content changes under it.
        <span key={index} className="inline-flex min-w-0 max-w-full items-center gap-1">
          {index > 0 && (
            <JointButton
              joint={joint}
              style={tools.style}
              onChange={() => tools.onReplace(path, joinNodes(joint === "all" ? "any" : "all", members))}
            />
          )}
          <NodeChip node={member} path={[...path, index]} tools={tools} />
        </span>
      ))}
      <AddFilter
        tools={tools}
        onAdd={(added) => tools.onReplace(path, joinNodes(joint, [...members, added]))}
      />
      <button
        type="button"
        title={t("universe.group.negate")}
        onClick={() => tools.onReplace(path, negate(node))}
        className="h-6 rounded-sm px-1 text-2xs text-ink-2 hover:bg-hover hover:text-ink"
      >
        {t("universe.group.not")}
        <span className="sr-only">: {t("universe.group.negate")}</span>
      </button>
      <IconButton size="sm" label={t("universe.group.remove")} onClick={() => tools.onReplace(path, null)}>
        <X size={12} aria-hidden />
      </IconButton>
    </fieldset>
  );
}

function ConditionChip({
  node,
  text,
  path,
  tools,
}: {
  node: FilterNode;
  text: string | undefined;
  path: Path;
  tools: Tools;
}) {
  const { fields, style } = tools;
  const { t } = style;
  const [open, setOpen] = useState(false);
  const [adding, setAdding] = useState(false);
  const part = { text: text ?? "", filter: node, fields: "field" in node ? [node.field] : [] };
  const { field, name, condition } = describePart(part, fields, style);
  const label = `${name} ${condition}`.trim();
  const editable = field !== null;
  const close = () => {
    setOpen(false);
    setAdding(false);
  };
  const face = (
    <button
      type="button"
      title={t("universe.editFilter", { filter: label })}
      onClick={editable ? undefined : tools.onEditText}
      className="flex h-full min-w-0 items-center gap-1.5 rounded-l-md pr-1 pl-2 hover:bg-hover focus-visible:-outline-offset-1"
    >
      <span className="sr-only">{t("universe.editFilter", { filter: "" }).trim()} </span>
      {name && <span className="truncate text-ink-2">{name} </span>}
      <span className="tabular max-w-80 truncate font-medium">{condition}</span>
    </button>
  );
  return (
    <span className="inline-flex h-6 min-w-0 max-w-[min(30rem,100%)] items-center rounded-md border border-line-strong bg-surface text-xs">
      {editable ? (
        <Popover
          open={open}
          onOpenChange={(next) => (next ? setOpen(true) : close())}
          label={t("universe.editFilter", { filter: label })}
          trigger={face}
        >
          {adding ? (
            <NewCondition
              tools={tools}
              onDone={(added) => {
                close();
                if (added) tools.onReplace(path, joinNodes("any", [node, added]));
              }}
            />
          ) : (
            <ConditionEditor
              field={field}
              part={part}
              onDone={(next) => {
                close();
                tools.onReplace(path, next);
              }}
              extra={
                <>
                  <Button look="ghost" size="sm" onClick={() => setAdding(true)}>
                    {t("universe.group.orElse")}
                  </Button>
                  <Button
                    look="ghost"
                    size="sm"
                    onClick={() => {
                      close();
                      tools.onReplace(path, negate(node));
                    }}
                  >
                    {t("universe.group.negate")}
                  </Button>
                </>
              }
            />
          )}
        </Popover>
      ) : (
        face
      )}
      <button
        type="button"
        aria-label={t("universe.removeFilter", { filter: label })}
        onClick={() => tools.onReplace(path, null)}
        className="flex h-full w-6 shrink-0 items-center justify-center rounded-r-md text-ink-3 hover:bg-hover hover:text-ink focus-visible:-outline-offset-1"
      >
        <X size={12} aria-hidden />
      </button>
    </span>
  );
}

/** Chooses a field, then its condition. */
function NewCondition({
  tools,
  onDone,
}: {
  tools: Tools;
  onDone: (node: FilterNode | null) => void;
}): ReactNode {
  const [field, setField] = useState<Field | null>(null);
  if (field) return <ConditionEditor field={field} part={null} onDone={onDone} />;
  return (
    <FieldPicker
      fields={tools.fields}
      groups={tools.groups}
      accept={(entry) => entry.operators.length > 0}
      onPick={setField}
    />
  );
}

function AddFilter({
  tools,
  onAdd,
  main = false,
}: {
  tools: Tools;
  onAdd: (node: FilterNode) => void;
  /** The one that the key `f` opens. */
  main?: boolean;
}) {
  const { t } = tools.style;
  const [open, setOpen] = useState(false);
  useShortcuts(
    [
      {
        keys: "f",
        label: "shortcuts.filter",
        group: "shortcuts.group.table",
        run: (event) => {
          event.preventDefault();
          setOpen(true);
        },
      },
    ],
    main,
  );
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      label={t(main ? "universe.addFilter" : "universe.group.add")}
      trigger={
        main ? (
          <Button look="ghost" size="sm" aria-keyshortcuts="f">
            <Plus size={13} aria-hidden /> {t("universe.addFilter")}
          </Button>
        ) : (
          <IconButton size="sm" label={t("universe.group.add")}>
            <Plus size={12} aria-hidden />
          </IconButton>
        )
      }
    >
      <NewCondition
        tools={tools}
        onDone={(node) => {
          setOpen(false);
          if (node) onAdd(node);
        }}
      />
    </Popover>
  );
}
