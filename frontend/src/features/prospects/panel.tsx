import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ArrowUpRight, Trash2 } from "lucide-react";
import { type ReactNode, useId } from "react";
import { useMay } from "@/shared/auth/me";
import { formatAgo, formatDate } from "@/shared/format/date";
import { formatCompactAmount, formatPercent, unitName } from "@/shared/format/number";
import { formatOrgnr } from "@/shared/format/orgnr";
import { useI18n } from "@/shared/i18n/i18n";
import { personName } from "@/shared/people/person-name";
import { peopleQuery } from "@/shared/people/queries";
import { usePreferences } from "@/shared/preferences/preferences";
import {
  type Prospect,
  type ProspectChange,
  prospectQuery,
  type Stage,
  stagesQuery,
} from "@/shared/prospects/queries";
import { activeStages, reasonLabel, stageName } from "@/shared/prospects/stage-labels";
import { Button } from "@/shared/ui/button";
import { Sheet } from "@/shared/ui/dialog";
import { SelectField } from "@/shared/ui/field";
import { ErrorState, LoadingBlock } from "@/shared/ui/states";
import { ActivityLog } from "./activity-log";
import { AmountField } from "./amount-field";
import { NotesThread } from "./notes-thread";
import { SavedField } from "./text-field-saved";

type PanelProps = {
  prospect: Prospect;
  onChange: (change: ProspectChange) => void;
  onMove: (stage: Stage) => void;
};

/** A prospect beside the board: its fields, its way through the pipeline, notes and what was done. */
export function ProspectPanel({ onClose, ...props }: PanelProps & { onClose: () => void }) {
  const { t } = useI18n();
  const { prospect } = props;
  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      title={prospect.name ?? formatOrgnr(prospect.orgnr)}
      description={formatOrgnr(prospect.orgnr)}
    >
      <div className="flex flex-col gap-5 p-4">
        <Link
          to="/company/$orgnr"
          params={{ orgnr: prospect.orgnr }}
          className="inline-flex items-center gap-1 self-start font-medium text-accent text-xs hover:underline"
        >
          {t("prospects.openCompany")} <ArrowUpRight size={13} aria-hidden />
        </Link>
        <ProspectFields {...props} />
        <Part title={t("notes.title")}>
          <NotesThread orgnr={prospect.orgnr} />
        </Part>
        <Part title={t("prospects.history")}>
          <Stays id={prospect.id} />
        </Part>
        <Part title={t("activity.title")}>
          <ActivityLog orgnr={prospect.orgnr} />
        </Part>
      </div>
    </Sheet>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3 className="mb-2 font-semibold text-sm">{title}</h3>
      {children}
    </section>
  );
}

/** The fields of a prospect, each kept when it is left. */
export function ProspectFields({ prospect, onChange, onMove }: PanelProps) {
  const { t, locale } = useI18n();
  const { unit } = usePreferences();
  const id = useId();
  const mayEdit = useMay("edit_work");
  const pipeline = useQuery(stagesQuery);
  const people = useQuery(peopleQuery);
  const stages = activeStages(pipeline.data?.stages);
  const isListed = stages.some((stage) => stage.key === prospect.stage);
  const row = (field: string, label: string, control: ReactNode) => (
    <div className="grid grid-cols-[7.5rem_minmax(0,1fr)] items-center gap-2">
      <label htmlFor={`${id}-${field}`} className="text-ink-2 text-xs">
        {label}
      </label>
      {control}
    </div>
  );
  return (
    <div className="flex flex-col gap-1.5">
      <p className="mb-1 text-ink-2 text-xs">
        {[
          prospect.revenue === null || prospect.revenue === undefined
            ? null
            : `${t("prospects.field.revenue")} ${formatCompactAmount(prospect.revenue, locale, prospect.currency ?? "SEK")}`,
          prospect.ebitda_margin === null || prospect.ebitda_margin === undefined
            ? null
            : `EBITDA ${formatPercent(prospect.ebitda_margin, locale)}`,
          prospect.period_end ? formatDate(prospect.period_end) : null,
        ]
          .filter(Boolean)
          .join(" · ")}
      </p>
      {row(
        "stage",
        t("prospects.field.stage"),
        <SelectField
          id={`${id}-stage`}
          disabled={!mayEdit}
          value={prospect.stage}
          onChange={(event) => {
            const stage = stages.find((one) => one.key === event.target.value);
            if (stage) onMove(stage);
          }}
        >
          {!isListed && (
            <option value={prospect.stage}>{stageName(prospect.stage, pipeline.data?.stages, t)}</option>
          )}
          {stages.map((stage) => (
            <option key={stage.key} value={stage.key}>
              {stageName(stage.key, stages, t)}
            </option>
          ))}
        </SelectField>,
      )}
      {prospect.pass_reason && (
        <p className="rounded-md bg-warn-soft px-2 py-1.5 text-warn text-xs">
          {reasonLabel(prospect.pass_reason, prospect.pass_note, t)}
        </p>
      )}
      {row(
        "owner",
        t("prospects.field.owner_id"),
        <SelectField
          id={`${id}-owner`}
          disabled={!mayEdit || prospect.scope === "private"}
          value={prospect.owner_id ?? ""}
          onChange={(event) => onChange({ owner_id: event.target.value || null })}
        >
          <option value="">{t("prospects.noOwner")}</option>
          {people.data?.items.map((person) => (
            <option key={person.id} value={person.id}>
              {personName(person.name, t)}
            </option>
          ))}
        </SelectField>,
      )}
      {row(
        "action",
        t("prospects.field.next_action"),
        <SavedField
          id={`${id}-action`}
          label={t("prospects.field.next_action")}
          value={prospect.next_action}
          maxLength={500}
          disabled={!mayEdit}
          onSave={(next_action) => onChange({ next_action })}
        />,
      )}
      {row(
        "due",
        t("prospects.field.next_action_on"),
        <SavedField
          id={`${id}-due`}
          type="date"
          label={t("prospects.field.next_action_on")}
          value={prospect.next_action_on}
          disabled={!mayEdit}
          onSave={(next_action_on) => onChange({ next_action_on })}
        />,
      )}
      {row(
        "contact",
        t("prospects.field.last_contact_on"),
        <SavedField
          id={`${id}-contact`}
          type="date"
          label={t("prospects.field.last_contact_on")}
          value={prospect.last_contact_on}
          disabled={!mayEdit}
          onSave={(last_contact_on) => onChange({ last_contact_on })}
        />,
      )}
      <div className="grid grid-cols-[7.5rem_minmax(0,1fr)] items-center gap-2">
        <span className="text-ink-2 text-xs">{t("prospects.valueIn", { unit: unitName(unit) })}</span>
        <AmountField
          label={t("prospects.field.value_sek")}
          value={prospect.value_sek}
          disabled={!mayEdit}
          onSave={(value_sek) => onChange({ value_sek })}
        />
      </div>
      {mayEdit && (
        <div className="mt-1 flex flex-wrap items-center gap-2">
          {prospect.scope === "private" && (
            <Button size="sm" onClick={() => onChange({ scope: "team" })}>
              {t("prospects.scope.team")}
            </Button>
          )}
          <Button size="sm" look="ghost" onClick={() => onChange({ removed: true })}>
            <Trash2 size={13} aria-hidden /> {t("prospects.remove")}
          </Button>
        </div>
      )}
    </div>
  );
}

/** How long the prospect stood in which stage. */
export function Stays({ id }: { id: string }) {
  const { t, locale } = useI18n();
  const detail = useQuery(prospectQuery(id));
  const pipeline = useQuery(stagesQuery);
  if (detail.isPending) return <LoadingBlock lines={2} className="px-0" />;
  if (detail.isError)
    return <ErrorState compact error={detail.error} onRetry={() => void detail.refetch()} />;
  const { stays } = detail.data;
  return (
    <>
      <ol className="flex flex-col gap-1">
        {stays.map((stay) => {
          const days = Math.floor(stay.seconds / 86_400);
          return (
            <li key={stay.entered_at} className="flex items-baseline gap-2 text-xs">
              <span className="font-medium">{stageName(stay.stage, pipeline.data?.stages, t)}</span>
              <span className="min-w-0 flex-1 truncate text-ink-2">
                {t("prospects.since", { date: formatDate(stay.entered_at) })}
                {stay.moved_by_name && `, ${personName(stay.moved_by_name, t)}`}
                {stay.pass_reason && `: ${reasonLabel(stay.pass_reason, stay.pass_note, t)}`}
              </span>
              <span className="tabular shrink-0 text-ink-2">
                {days === 0 ? t("prospects.lessThanDay") : t("prospects.days", { count: days })}
              </span>
            </li>
          );
        })}
      </ol>
      <p className="mt-2 text-ink-3 text-xs">
        {t("prospects.addedBy", {
          name: personName(detail.data.created_by_name, t) ?? t("conflict.somebody"),
          ago: formatAgo(detail.data.created_at, locale),
        })}
      </p>
    </>
  );
}
