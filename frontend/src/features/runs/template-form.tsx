import { ArrowDown, ArrowUp, Plus, Trash2 } from "lucide-react";
import { type ReactNode, useId } from "react";
import { type Field, type FieldMap, isNumeric, useCatalogue } from "@/shared/catalogue/fields";
import { formatPercent, unitName } from "@/shared/format/number";
import { pick, type Translate, useI18n } from "@/shared/i18n/i18n";
import type { Locale, MoneyUnit } from "@/shared/preferences/preferences";
import { Button, IconButton } from "@/shared/ui/button";
import { SelectField, TextField } from "@/shared/ui/field";
import { Section } from "@/shared/ui/section";
import {
  type DimensionDraft,
  type MeasureDraft,
  MOST_DIMENSIONS,
  MOST_MEASURES,
  newDimension,
  newMeasure,
  type TemplateDraft,
  weightShare,
} from "./template-draft";
import { TemplateQuestions } from "./template-questions";

type FormProps = {
  draft: TemplateDraft;
  /** What is wrong, by place, in words. */
  faults: ReadonlyMap<string, string>;
  fields: FieldMap;
  unit: MoneyUnit;
  isReadOnly: boolean;
  onChange: (draft: TemplateDraft) => void;
};

/** The name of a template and its criteria, each with its weight and figures; what is wrong stands at its field. */
export function TemplateForm(props: FormProps) {
  const { draft, faults, isReadOnly, onChange } = props;
  const { t } = useI18n();
  const nameId = useId();
  const { dimensions } = draft;
  const put = (next: readonly DimensionDraft[]) => onChange({ ...draft, dimensions: next });
  const swap = (index: number, other: number) => {
    const next = [...dimensions];
    const [one, two] = [next[index], next[other]];
    if (!one || !two) return;
    [next[index], next[other]] = [two, one];
    put(next);
  };
  return (
    <div className="flex flex-col gap-4">
      <div>
        <label htmlFor={nameId} className="eyebrow mb-1 block">
          {t("templates.name")}
        </label>
        <Checked fault={faults.get("/name")}>
          {(state) => (
            <TextField
              id={nameId}
              {...state}
              value={draft.name}
              maxLength={200}
              readOnly={isReadOnly}
              onChange={(event) => onChange({ ...draft, name: event.target.value })}
              className="w-full max-w-md read-only:bg-sunken"
            />
          )}
        </Checked>
      </div>
      <p className="text-ink-2 text-xs">{t("templates.measureHelp")}</p>
      {faults.has("/dimensions") && <p className="text-bad text-xs">{faults.get("/dimensions")}</p>}
      {dimensions.map((dimension, index) => (
        <Dimension
          key={dimension.id}
          {...props}
          dimension={dimension}
          index={index}
          onChange={(next) => put(dimensions.map((one) => (one.id === next.id ? next : one)))}
          onRemove={() => put(dimensions.filter((one) => one.id !== dimension.id))}
          onMove={(by) => swap(index, index + by)}
          isLast={index === dimensions.length - 1}
        />
      ))}
      {!isReadOnly && dimensions.length < MOST_DIMENSIONS && (
        <div>
          <Button onClick={() => put([...dimensions, newDimension()])}>
            <Plus size={13} aria-hidden /> {t("templates.addDimension")}
          </Button>
        </div>
      )}
      <TemplateQuestions
        questions={draft.questions}
        faults={faults}
        isReadOnly={isReadOnly}
        onChange={(questions) => onChange({ ...draft, questions })}
      />
    </div>
  );
}

type FieldState = { "aria-invalid": boolean; "aria-describedby": string | undefined };

/** A field with what is wrong with it below. */
function Checked({
  fault,
  children,
}: {
  fault: string | undefined;
  children: (state: FieldState) => ReactNode;
}) {
  const id = useId();
  return (
    <div className="min-w-0">
      {children({ "aria-invalid": fault !== undefined, "aria-describedby": fault ? id : undefined })}
      {fault && (
        <p id={id} className="mt-0.5 text-bad text-xs">
          {fault}
        </p>
      )}
    </div>
  );
}

function Dimension({
  draft,
  dimension,
  index,
  isLast,
  faults,
  fields,
  unit,
  isReadOnly,
  onChange,
  onRemove,
  onMove,
}: Omit<FormProps, "onChange"> & {
  dimension: DimensionDraft;
  index: number;
  isLast: boolean;
  onChange: (dimension: DimensionDraft) => void;
  onRemove: () => void;
  onMove: (by: -1 | 1) => void;
}) {
  const { t, locale } = useI18n();
  const id = useId();
  const place = `/dimensions/${index}`;
  const name = dimension.label.trim() || t("templates.dimension", { number: index + 1 });
  const share = weightShare(draft, dimension);
  const put = (measures: readonly MeasureDraft[]) => onChange({ ...dimension, measures });
  return (
    <Section
      title={name}
      note={share !== null && t("templates.share", { share: formatPercent(share, locale, 0) })}
      actions={
        !isReadOnly && (
          <>
            <IconButton
              size="sm"
              label={t("templates.up", { name })}
              disabled={index === 0}
              onClick={() => onMove(-1)}
            >
              <ArrowUp size={13} aria-hidden />
            </IconButton>
            <IconButton
              size="sm"
              label={t("templates.down", { name })}
              disabled={isLast}
              onClick={() => onMove(1)}
            >
              <ArrowDown size={13} aria-hidden />
            </IconButton>
            <IconButton size="sm" label={t("templates.removeDimension", { name })} onClick={onRemove}>
              <Trash2 size={13} aria-hidden />
            </IconButton>
          </>
        )
      }
    >
      <div className="flex flex-col gap-3">
        <div className="flex flex-wrap gap-3">
          <div className="min-w-48 flex-1">
            <label htmlFor={`${id}-label`} className="eyebrow mb-1 block">
              {t("templates.label")}
            </label>
            <Checked fault={faults.get(`${place}/label`) ?? faults.get(`${place}/key`)}>
              {(state) => (
                <TextField
                  id={`${id}-label`}
                  {...state}
                  value={dimension.label}
                  maxLength={80}
                  readOnly={isReadOnly}
                  onChange={(event) => onChange({ ...dimension, label: event.target.value })}
                  className="w-full read-only:bg-sunken"
                />
              )}
            </Checked>
          </div>
          <div className="w-28">
            <label htmlFor={`${id}-weight`} className="eyebrow mb-1 block">
              {t("templates.weight")}
            </label>
            <Checked fault={faults.get(`${place}/weight`)}>
              {(state) => (
                <TextField
                  id={`${id}-weight`}
                  {...state}
                  inputMode="decimal"
                  value={dimension.weight}
                  readOnly={isReadOnly}
                  onChange={(event) => onChange({ ...dimension, weight: event.target.value })}
                  className="numeric w-full read-only:bg-sunken"
                />
              )}
            </Checked>
          </div>
        </div>
        {faults.has(`${place}/measures`) && (
          <p className="text-bad text-xs">{faults.get(`${place}/measures`)}</p>
        )}
        {dimension.measures.length > 0 && (
          <ul className="flex flex-col gap-2.5 border-line border-t pt-3">
            {dimension.measures.map((measure, number) => (
              <Measure
                key={measure.id}
                measure={measure}
                side={name}
                place={`${place}/measures/${number}`}
                faults={faults}
                fields={fields}
                unit={unit}
                isReadOnly={isReadOnly}
                onChange={(next) => put(dimension.measures.map((one) => (one.id === next.id ? next : one)))}
                onRemove={() => put(dimension.measures.filter((one) => one.id !== measure.id))}
              />
            ))}
          </ul>
        )}
        {!isReadOnly && dimension.measures.length < MOST_MEASURES && (
          <div>
            <Button size="sm" look="ghost" onClick={() => put([...dimension.measures, newMeasure()])}>
              <Plus size={12} aria-hidden /> {t("templates.addMeasure")}
            </Button>
          </div>
        )}
      </div>
    </Section>
  );
}

function Measure({
  measure,
  side,
  place,
  faults,
  fields,
  unit,
  isReadOnly,
  onChange,
  onRemove,
}: Omit<FormProps, "draft" | "onChange"> & {
  measure: MeasureDraft;
  side: string;
  place: string;
  onChange: (measure: MeasureDraft) => void;
  onRemove: () => void;
}) {
  const { t, locale } = useI18n();
  const id = useId();
  const field = fields.get(measure.field);
  const name = pick(field?.label, locale) || t("templates.measure");
  const unitLabel = field ? inputUnit(field, unit, locale, t) : null;
  const end = (which: "worst" | "best") => {
    const label = t(which === "worst" ? "templates.worst" : "templates.best");
    return (
      <div className="w-32">
        <label htmlFor={`${id}-${which}`} className="mb-1 block text-ink-2 text-xs">
          {label}
        </label>
        <Checked fault={faults.get(`${place}/${which}`)}>
          {(state) => (
            <span className="flex items-center gap-1.5">
              <TextField
                id={`${id}-${which}`}
                aria-label={`${label}: ${name}`}
                {...state}
                inputMode="decimal"
                value={measure[which]}
                readOnly={isReadOnly}
                onChange={(event) => onChange({ ...measure, [which]: event.target.value })}
                className="numeric w-full min-w-0 read-only:bg-sunken"
              />
              <span className="w-8 shrink-0 text-ink-2 text-xs">{unitLabel}</span>
            </span>
          )}
        </Checked>
      </div>
    );
  };
  return (
    <li className="flex flex-wrap items-start gap-x-3 gap-y-1.5">
      <div className="min-w-52 flex-1 max-sm:basis-full">
        <label htmlFor={`${id}-field`} className="mb-1 block text-ink-2 text-xs">
          {t("templates.measure")}
        </label>
        <Checked fault={faults.get(`${place}/field`)}>
          {(state) => (
            <FigureField
              id={`${id}-field`}
              label={`${t("templates.measure")}: ${side}`}
              state={state}
              value={measure.field}
              disabled={isReadOnly}
              onChange={(next) => onChange({ ...measure, field: next })}
            />
          )}
        </Checked>
      </div>
      {end("worst")}
      {end("best")}
      {!isReadOnly && (
        <IconButton
          size="sm"
          label={t("templates.removeMeasure", { name, side })}
          onClick={onRemove}
          className="mt-[1.4375rem]"
        >
          <Trash2 size={13} aria-hidden />
        </IconButton>
      )}
    </li>
  );
}

/** The fields of the catalogue that hold numbers, by group. */
function FigureField({
  id,
  label: spoken,
  state,
  value,
  disabled,
  onChange,
}: {
  id: string;
  label: string;
  state: FieldState;
  value: string;
  disabled: boolean;
  onChange: (field: string) => void;
}) {
  const { t, locale } = useI18n();
  const { fields, groups } = useCatalogue();
  const numeric = [...fields.values()].filter(isNumeric);
  const known = fields.get(value);
  return (
    <SelectField
      id={id}
      aria-label={spoken}
      {...state}
      value={value}
      disabled={disabled}
      title={known && pick(known.formula, locale)}
      onChange={(event) => onChange(event.target.value)}
      className="w-full"
    >
      {value === "" && <option value="">{t("templates.chooseField")}</option>}
      {value !== "" && !known && <option value={value}>{value}</option>}
      {[...groups].map(([group, label]) => {
        const within = numeric.filter((field) => field.group === group);
        return within.length === 0 ? null : (
          <optgroup key={group} label={label}>
            {within.map((field) => (
              <option key={field.key} value={field.key}>
                {pick(field.label, locale)}
              </option>
            ))}
          </optgroup>
        );
      })}
    </SelectField>
  );
}

/** The unit that a figure's ends are typed in. */
function inputUnit(field: Field, unit: MoneyUnit, locale: Locale, t: Translate): string | null {
  switch (field.unit) {
    case "sek":
      return unitName(unit);
    case "share":
      return "%";
    case "times":
      return "×";
    case "days":
      return locale === "sv" ? "dgr" : "days";
    case "people":
      return t("templates.people");
    default:
      return null;
  }
}
