import { Trash2, X } from "lucide-react";
import { useI18n } from "@/shared/i18n/i18n";
import { personName } from "@/shared/people/person-name";
import type { Person } from "@/shared/people/queries";
import type { Prospect, ProspectChange, Stage } from "@/shared/prospects/queries";
import { stageName } from "@/shared/prospects/stage-labels";
import { Button, IconButton } from "@/shared/ui/button";
import { SelectField } from "@/shared/ui/field";
import { SavedField } from "./text-field-saved";

/** What can be done with the selected prospects together. */
export function SelectionBar({
  selected,
  stages,
  people,
  onMove,
  onChange,
  onClear,
}: {
  selected: readonly Prospect[];
  stages: readonly Stage[];
  people: readonly Person[];
  onMove: (stage: Stage) => void;
  onChange: (change: ProspectChange) => void;
  onClear: () => void;
}) {
  const { t } = useI18n();
  return (
    <section
      aria-label={t("prospects.selected", { count: selected.length })}
      className="flex flex-wrap items-center gap-2 border-line border-b bg-accent-soft px-4 py-1.5 max-sm:px-3"
    >
      <span className="tabular font-medium text-xs">
        {t("prospects.selected", { count: selected.length })}
      </span>
      <SelectField
        aria-label={t("prospects.moveTo")}
        value=""
        onChange={(event) => {
          const stage = stages.find((one) => one.key === event.target.value);
          if (stage) onMove(stage);
        }}
      >
        <option value="">{t("prospects.moveTo")}</option>
        {stages.map((stage) => (
          <option key={stage.key} value={stage.key}>
            {stageName(stage.key, stages, t)}
          </option>
        ))}
      </SelectField>
      <SelectField
        aria-label={t("prospects.giveTo")}
        value=""
        onChange={(event) => {
          if (event.target.value)
            onChange({ owner_id: event.target.value === "none" ? null : event.target.value });
        }}
      >
        <option value="">{t("prospects.giveTo")}</option>
        <option value="none">{t("prospects.noOwner")}</option>
        {people.map((person) => (
          <option key={person.id} value={person.id}>
            {personName(person.name, t)}
          </option>
        ))}
      </SelectField>
      <span className="flex items-center gap-1.5 text-ink-2 text-xs">
        {t("prospects.setDue")}
        <SavedField
          type="date"
          label={t("prospects.setDue")}
          value={null}
          onSave={(next_action_on) => onChange({ next_action_on })}
        />
      </span>
      <Button look="ghost" onClick={() => onChange({ removed: true })}>
        <Trash2 size={13} aria-hidden /> {t("prospects.remove")}
      </Button>
      <IconButton label={t("prospects.clearSelection")} className="ml-auto" onClick={onClear}>
        <X size={15} aria-hidden />
      </IconButton>
    </section>
  );
}
