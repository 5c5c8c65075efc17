import { Hourglass, Lock } from "lucide-react";
import { type Ref, useMemo } from "react";
import { formatAmount, formatPercent, unitName } from "@/shared/format/number";
import { formatOrgnr } from "@/shared/format/orgnr";
import { useI18n } from "@/shared/i18n/i18n";
import { personName } from "@/shared/people/person-name";
import type { Person } from "@/shared/people/queries";
import { usePreferences } from "@/shared/preferences/preferences";
import type { Prospect, ProspectChange, Stage } from "@/shared/prospects/queries";
import { stageName } from "@/shared/prospects/stage-labels";
import { Grid, type GridColumn, type GridHandle, type PickHow } from "@/shared/table/grid";
import { Badge } from "@/shared/ui/badge";
import { cx } from "@/shared/ui/class-names";
import { AmountField } from "./amount-field";
import { dayOf, daysSince, dueness } from "./filter";
import { SavedField } from "./text-field-saved";

const CELL =
  "h-6 w-full border-transparent bg-transparent px-1 -mx-1 hover:border-line-strong focus-visible:border-field focus-visible:bg-surface";

type TableProps = {
  prospects: readonly Prospect[];
  stages: readonly Stage[];
  people: readonly Person[];
  mayEdit: boolean;
  sort: string | undefined;
  selected: ReadonlySet<string>;
  active: number;
  ref?: Ref<GridHandle>;
  /** The filter and the order that the rows answer. */
  identity: string;
  onSort: (key: string) => void;
  onActive: (index: number) => void;
  onOpen: (prospect: Prospect) => void;
  onPick: (index: number, how: PickHow) => void;
  onClear: () => void;
  onMove: (prospects: readonly Prospect[], stage: Stage) => void;
  onChange: (prospect: Prospect, change: ProspectChange) => void;
};

/** The pipeline as a table whose cells are changed in place. */
export function ProspectTable(props: TableProps) {
  const { prospects, stages, people, mayEdit, sort, selected, active } = props;
  const { onActive, onPick, onClear, onMove, onChange, onOpen } = props;
  const { t, locale } = useI18n();
  const { unit, density } = usePreferences();
  const today = dayOf(new Date());
  const columns = useMemo<GridColumn<Prospect>[]>(() => {
    const isOpen = (prospect: Prospect) =>
      stages.some((stage) => stage.key === prospect.stage && stage.outcome === "open");
    const sorted = (key: string) => {
      if (sort === key) return "ascending" as const;
      return sort === `-${key}` ? ("descending" as const) : undefined;
    };
    const column = (
      key: string,
      header: string,
      width: number,
      cell: (prospect: Prospect, index: number) => React.ReactNode,
      more: Partial<GridColumn<Prospect>> = {},
    ): GridColumn<Prospect> => ({ key, header, width, cell, sortable: true, sorted: sorted(key), ...more });
    const all = prospects.length > 0 && prospects.every((prospect) => selected.has(prospect.id));
    return [
      column(
        "select",
        "",
        36,
        (prospect, index) => (
          <input
            type="checkbox"
            aria-label={t("prospects.select", { name: prospect.name ?? formatOrgnr(prospect.orgnr) })}
            checked={selected.has(prospect.id)}
            disabled={!mayEdit}
            // The press is for the box alone: the row below it would become the active one.
            onMouseDown={(event) => event.stopPropagation()}
            onClick={(event) => onPick(index, event.shiftKey ? "range" : "toggle")}
            onChange={() => undefined}
          />
        ),
        {
          sortable: false,
          pinned: true,
          header: (
            <>
              <span className="sr-only">{t("table.selection")}</span>
              <input
                type="checkbox"
                aria-label={t("prospects.selectAll")}
                checked={all}
                disabled={!mayEdit}
                onChange={() => (all ? onClear() : onPick(0, "all"))}
              />
            </>
          ),
        },
      ),
      column(
        "name",
        t("prospects.field.name"),
        220,
        (prospect) => (
          <span className="flex min-w-0 items-center gap-1.5">
            <button
              type="button"
              onClick={() => onOpen(prospect)}
              className="truncate font-medium hover:text-accent hover:underline"
            >
              {prospect.name ?? formatOrgnr(prospect.orgnr)}
            </button>
            {prospect.scope === "private" && (
              <Lock
                size={12}
                role="img"
                aria-label={t("prospects.privateNote")}
                className="shrink-0 text-ink-3"
              />
            )}
            {prospect.is_stale && (
              <Badge tone="warn" title={t("prospects.staleNote")}>
                <Hourglass size={10} aria-hidden /> {t("prospects.stale")}
              </Badge>
            )}
          </span>
        ),
        { pinned: true, grows: true },
      ),
      column("stage", t("prospects.field.stage"), 170, (prospect) => (
        <select
          aria-label={t("prospects.field.stage")}
          disabled={!mayEdit}
          value={prospect.stage}
          onChange={(event) => {
            const stage = stages.find((one) => one.key === event.target.value);
            if (stage) onMove([prospect], stage);
          }}
          className={cx("rounded-md border text-sm", CELL)}
        >
          {stages.map((stage) => (
            <option key={stage.key} value={stage.key}>
              {stageName(stage.key, stages, t)}
            </option>
          ))}
        </select>
      )),
      column("owner_id", t("prospects.field.owner_id"), 130, (prospect) => (
        <select
          aria-label={t("prospects.field.owner_id")}
          disabled={!mayEdit || prospect.scope === "private"}
          value={prospect.owner_id ?? ""}
          onChange={(event) => onChange(prospect, { owner_id: event.target.value || null })}
          className={cx("rounded-md border text-sm", CELL)}
        >
          <option value="">–</option>
          {people.map((person) => (
            <option key={person.id} value={person.id}>
              {personName(person.name, t)}
            </option>
          ))}
        </select>
      )),
      column("next_action", t("prospects.field.next_action"), 220, (prospect) => (
        <SavedField
          label={t("prospects.field.next_action")}
          value={prospect.next_action}
          maxLength={500}
          disabled={!mayEdit}
          onSave={(next_action) => onChange(prospect, { next_action })}
          className={CELL}
        />
      )),
      column("next_action_on", t("prospects.field.next_action_on"), 140, (prospect) => {
        const due = dueness(prospect, isOpen(prospect), today);
        return (
          <SavedField
            type="date"
            label={
              due === "overdue"
                ? t("prospects.overdueSince", { date: prospect.next_action_on ?? "" })
                : t("prospects.field.next_action_on")
            }
            value={prospect.next_action_on}
            disabled={!mayEdit}
            onSave={(next_action_on) => onChange(prospect, { next_action_on })}
            className={cx(
              CELL,
              "tabular",
              due === "overdue" && "font-semibold text-bad!",
              due === "today" && "text-warn!",
            )}
          />
        );
      }),
      column("last_contact_on", t("prospects.field.last_contact_on"), 110, (prospect) => (
        <SavedField
          type="date"
          label={t("prospects.field.last_contact_on")}
          value={prospect.last_contact_on}
          disabled={!mayEdit}
          onSave={(last_contact_on) => onChange(prospect, { last_contact_on })}
          className={cx(CELL, "tabular")}
        />
      )),
      column(
        "value_sek",
        t("prospects.valueIn", { unit: unitName(unit) }),
        110,
        (prospect) => (
          <AmountField
            label={t("prospects.field.value_sek")}
            value={prospect.value_sek}
            disabled={!mayEdit}
            onSave={(value_sek) => onChange(prospect, { value_sek })}
            className={cx(CELL, "text-right")}
          />
        ),
        { align: "right" },
      ),
      column(
        "revenue",
        `${t("prospects.field.revenue")} (${unitName(unit)})`,
        100,
        (prospect) => formatAmount(prospect.revenue, unit, locale),
        { align: "right" },
      ),
      column(
        "ebitda_margin",
        t("prospects.field.ebitda_margin"),
        90,
        (prospect) => formatPercent(prospect.ebitda_margin, locale),
        { align: "right" },
      ),
      column(
        "in_stage",
        t("prospects.field.in_stage"),
        90,
        (prospect) => {
          const days = daysSince(prospect.stage_since, new Date());
          return days === 0 ? t("prospects.lessThanDay") : t("prospects.days", { count: days });
        },
        { align: "right" },
      ),
    ];
  }, [
    prospects,
    stages,
    people,
    mayEdit,
    sort,
    selected,
    onPick,
    onClear,
    onMove,
    onChange,
    onOpen,
    t,
    locale,
    unit,
    today,
  ]);
  return (
    <Grid
      ref={props.ref}
      label={t("prospects.title")}
      columns={columns}
      count={prospects.length}
      rowHeight={density === "comfortable" ? 36 : 32}
      rowAt={(index) => prospects[index]}
      keyOf={(prospect) => prospect.id}
      identity={props.identity}
      active={active}
      onActive={onActive}
      onPick={mayEdit ? onPick : undefined}
      onOpen={onOpen}
      onSort={(key) => props.onSort(key)}
      isSelected={(prospect) => selected.has(prospect.id)}
    />
  );
}
