import { CalendarClock, CircleAlert, Hourglass, Lock, MessageSquare } from "lucide-react";
import { type DragEvent, type KeyboardEvent, memo, type Ref } from "react";
import { DemoMark } from "@/shared/company/demo-mark";
import { formatCompactAmount, formatPercent } from "@/shared/format/number";
import { formatOrgnr } from "@/shared/format/orgnr";
import { useI18n } from "@/shared/i18n/i18n";
import { personName } from "@/shared/people/person-name";
import type { Prospect } from "@/shared/prospects/queries";
import { reasonLabel } from "@/shared/prospects/stage-labels";
import { Badge } from "@/shared/ui/badge";
import { cx } from "@/shared/ui/class-names";
import { dayOf, daysSince, dueness } from "./filter";

/** A person's initials, for where there is no room for the name. */
export function initials(name: string): string {
  const words = name.split(/[\s.\-_]+/).filter(Boolean);
  return (
    (words[0]?.[0] ?? "") + (words.length > 1 ? (words.at(-1)?.[0] ?? "") : (words[0]?.[1] ?? ""))
  ).toUpperCase();
}

type CardProps = {
  prospect: Prospect;
  isOpen: boolean;
  isActive: boolean;
  /** The one that keys are about, which has to be seen without the focus too. */
  isCurrent: boolean;
  isSelected: boolean;
  draggable: boolean;
  ref?: Ref<HTMLDivElement>;
  onFocus: (prospect: Prospect) => void;
  onOpen: (prospect: Prospect) => void;
  onKeyDown: (event: KeyboardEvent, prospect: Prospect) => void;
  onDragStart: (event: DragEvent, prospect: Prospect) => void;
};

/** A prospect on the board: who, what is next, and what needs attention; each mark has words, not only a colour. */
export const Card = memo(function Card(props: CardProps) {
  const { prospect, isOpen, isActive, isCurrent, isSelected } = props;
  const { t, locale } = useI18n();
  const now = new Date();
  const due = dueness(prospect, isOpen, dayOf(now));
  const days = daysSince(prospect.stage_since, now);
  const name = prospect.name ?? formatOrgnr(prospect.orgnr);
  const figures = [
    prospect.revenue === null || prospect.revenue === undefined
      ? null
      : formatCompactAmount(prospect.revenue, locale, prospect.currency ?? "SEK"),
    prospect.ebitda_margin === null || prospect.ebitda_margin === undefined
      ? null
      : `EBITDA ${formatPercent(prospect.ebitda_margin, locale)}`,
  ].filter(Boolean);
  const inStage = t("prospects.inStage", {
    days: days === 0 ? t("prospects.lessThanDay") : t("prospects.days", { count: days }),
  });
  return (
    <div
      ref={props.ref}
      role="button"
      tabIndex={isActive ? 0 : -1}
      aria-pressed={isSelected}
      aria-current={isCurrent ? "true" : undefined}
      data-prospect={prospect.id}
      draggable={props.draggable}
      onDragStart={(event) => props.onDragStart(event, prospect)}
      onFocus={() => props.onFocus(prospect)}
      onClick={() => props.onOpen(prospect)}
      onKeyDown={(event) => props.onKeyDown(event, prospect)}
      className={cx(
        "flex flex-col gap-1 rounded-md border bg-surface px-2.5 py-2 text-left text-sm outline-offset-0",
        isSelected ? "border-accent bg-accent-soft" : "border-line hover:border-line-strong",
        isCurrent && "shadow-[inset_3px_0_0_var(--accent)]",
        props.draggable && "cursor-grab active:cursor-grabbing",
      )}
    >
      <span className="flex items-start gap-1.5">
        <span className="line-clamp-2 min-w-0 flex-1 break-words font-medium leading-[1.15rem]">{name}</span>
        {prospect.is_demo && <DemoMark label={t("demo.note")} />}
        {prospect.owner_name && (
          <span
            role="img"
            aria-label={`${t("prospects.owner")}: ${personName(prospect.owner_name, t)}`}
            title={personName(prospect.owner_name, t)}
            className="flex size-5 shrink-0 items-center justify-center rounded-full bg-sunken font-semibold text-[0.5625rem] text-ink-2 ring-1 ring-line ring-inset"
          >
            {initials(personName(prospect.owner_name, t))}
          </span>
        )}
      </span>
      {figures.length > 0 && <span className="tabular text-ink-2 text-xs">{figures.join(" · ")}</span>}
      {prospect.pass_reason && (
        <span className="line-clamp-2 text-ink-2 text-xs">
          {reasonLabel(prospect.pass_reason, prospect.pass_note, t)}
        </span>
      )}
      {prospect.next_action && isOpen && (
        <span className="line-clamp-2 break-words text-xs">{prospect.next_action}</span>
      )}
      <span className="flex flex-wrap items-center gap-1 empty:hidden">
        {due === "overdue" && (
          <Badge tone="bad">
            <CircleAlert size={11} aria-hidden />
            {t("prospects.overdueSince", { date: prospect.next_action_on ?? "" })}
          </Badge>
        )}
        {due === "today" && (
          <Badge tone="warn">
            <CalendarClock size={11} aria-hidden />
            {t("prospects.dueToday")}
          </Badge>
        )}
        {due === "later" && isOpen && (
          <Badge>
            <CalendarClock size={11} aria-hidden />
            {t("prospects.dueOn", { date: prospect.next_action_on ?? "" })}
          </Badge>
        )}
        {prospect.is_stale && (
          <Badge tone="warn" title={t("prospects.staleNote")}>
            <Hourglass size={11} aria-hidden />
            {t("prospects.stale")}
          </Badge>
        )}
        {prospect.scope === "private" && (
          <Badge title={t("prospects.privateNote")}>
            <Lock size={11} aria-hidden />
            {t("prospects.private")}
          </Badge>
        )}
      </span>
      <span className="tabular flex items-center gap-2 text-2xs text-ink-2">
        {prospect.value_sek !== null && prospect.value_sek !== undefined && (
          <span className="font-medium">{formatCompactAmount(prospect.value_sek, locale)}</span>
        )}
        <span title={inStage}>
          {t("prospects.inStageShort", {
            days: days === 0 ? t("prospects.lessThanDay") : t("prospects.days", { count: days }),
          })}
        </span>
        {prospect.note_count > 0 && (
          <span
            className="ml-auto flex items-center gap-1"
            title={t("prospects.notes", { count: prospect.note_count })}
          >
            <MessageSquare size={11} aria-hidden />
            <span aria-hidden>{prospect.note_count}</span>
            <span className="sr-only">{t("prospects.notes", { count: prospect.note_count })}</span>
          </span>
        )}
      </span>
    </div>
  );
});
