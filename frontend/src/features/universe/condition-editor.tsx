import { type FormEvent, type ReactNode, useId, useState } from "react";
import { type Field, isCategory, isNumeric } from "@/shared/catalogue/fields";
import type { FilterNode, FilterPart } from "@/shared/filter/node";
import { unitName } from "@/shared/format/number";
import { inputFactor, readNumber, scaleNumber, writeNumber } from "@/shared/format/number-input";
import { pick, useI18n } from "@/shared/i18n/i18n";
import { usePreferences } from "@/shared/preferences/preferences";
import { Button } from "@/shared/ui/button";
import { cx } from "@/shared/ui/class-names";
import { SelectField, TextField } from "@/shared/ui/field";
import { codesCondition, codesOf, openEnds, rangeCondition, rangeOf } from "./filter";
import { chosenOf, SetChoice, setCondition } from "./set-editor";

type EditorProps = {
  field: Field;
  part: FilterPart | null;
  onDone: (node: FilterNode | null) => void;
  /** What else can be done with the condition, beside the button that applies it. */
  extra?: ReactNode;
};

/** A form for one condition on a field, in the units a person reads: tkr, per cent, dates, words, codes. */
export function ConditionEditor(props: EditorProps) {
  const { field } = props;
  if (isNumeric(field)) return <RangeEditor {...props} />;
  if (isCategory(field) && field.values) return <CodesEditor {...props} />;
  if (field.kind === "set") return <SetEditor {...props} />;
  if (field.kind === "boolean") return <BooleanEditor {...props} />;
  if (field.kind === "date") return <DateEditor {...props} />;
  return <TextEditor {...props} />;
}

function Frame({
  field,
  onSubmit,
  extra,
  children,
}: {
  field: Field;
  onSubmit: () => void;
  extra?: ReactNode;
  children: ReactNode;
}) {
  const { t, locale } = useI18n();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form onSubmit={submit} className="flex w-72 flex-col gap-2.5">
      <div>
        <p className="font-semibold">{pick(field.label, locale)}</p>
        <p className="text-ink-2 text-xs">{pick(field.formula, locale)}</p>
      </div>
      {children}
      <div className="flex items-center justify-end gap-1">
        {extra && <span className="mr-auto -ml-2 flex">{extra}</span>}
        <Button type="submit" look="primary">
          {t("action.apply")}
        </Button>
      </div>
    </form>
  );
}

function RangeEditor({ field, part, onDone, extra }: EditorProps) {
  const { t, locale } = useI18n();
  const { unit } = usePreferences();
  const id = useId();
  const factor = inputFactor(field, unit);
  const range = part ? rangeOf([part.filter], field.key) : { min: null, max: null };
  const show = (value: number | null) => writeNumber(value, factor, locale);
  const [from, setFrom] = useState(show(range.min));
  const [to, setTo] = useState(show(range.max));
  const [ends, setEnds] = useState(openEnds(part?.filter));
  // What no part of the form was changed of stays as it is written: `!=` has no place in a range.
  const [touched, setTouched] = useState(false);
  const [missing, setMissing] = useState(
    part !== null && "op" in part.filter && part.filter.op === "is_null",
  );
  const [min, max] = [readNumber(from), readNumber(to)];
  const faulty = Number.isNaN(min) || Number.isNaN(max);
  const scaled = (value: number | null) => (value === null ? null : scaleNumber(value, factor));
  const hint =
    field.unit === "sek"
      ? t("universe.unitHint.sek", { unit: unitName(unit) })
      : field.unit === "share"
        ? t("universe.unitHint.share")
        : null;
  return (
    <Frame
      field={field}
      extra={extra}
      onSubmit={() => {
        if (faulty) return;
        if (part && !touched) onDone(part.filter);
        else if (missing) onDone({ field: field.key, op: "is_null" });
        else onDone(rangeCondition(field.key, scaled(min), scaled(max), ends));
      }}
    >
      <div className="grid grid-cols-2 gap-2" onChange={() => setTouched(true)}>
        <div>
          <label htmlFor={`${id}-from`} className="text-ink-2 text-xs">
            {t("universe.from")}
          </label>
          <div className="mt-1 flex gap-1">
            <EndField
              label={t("universe.lowerEnd")}
              signs={["≥", ">"]}
              isOpen={ends.above}
              disabled={missing}
              onChange={(above) => setEnds({ ...ends, above })}
            />
            <TextField
              id={`${id}-from`}
              inputMode="decimal"
              autoFocus
              disabled={missing}
              aria-invalid={Number.isNaN(min)}
              value={from}
              onChange={(event) => setFrom(event.target.value)}
              className="numeric w-full min-w-0 aria-[invalid=true]:border-bad"
            />
          </div>
        </div>
        <div>
          <label htmlFor={`${id}-to`} className="text-ink-2 text-xs">
            {t("universe.to")}
          </label>
          <div className="mt-1 flex gap-1">
            <EndField
              label={t("universe.upperEnd")}
              signs={["≤", "<"]}
              isOpen={ends.below}
              disabled={missing}
              onChange={(below) => setEnds({ ...ends, below })}
            />
            <TextField
              id={`${id}-to`}
              inputMode="decimal"
              disabled={missing}
              aria-invalid={Number.isNaN(max)}
              value={to}
              onChange={(event) => setTo(event.target.value)}
              className="numeric w-full min-w-0 aria-[invalid=true]:border-bad"
            />
          </div>
        </div>
      </div>
      {hint && <p className="text-ink-3 text-xs">{hint}</p>}
      <label className="flex items-center gap-2 text-sm">
        <input
          type="checkbox"
          className="accent-[var(--accent)]"
          checked={missing}
          onChange={(event) => {
            setTouched(true);
            setMissing(event.target.checked);
          }}
        />
        {t("universe.includeMissing")}
      </label>
    </Frame>
  );
}

/** Whether the end of a range belongs to it. */
function EndField({
  label,
  signs: [closed, open],
  isOpen,
  disabled,
  onChange,
}: {
  label: string;
  signs: readonly [string, string];
  isOpen: boolean;
  disabled: boolean;
  onChange: (isOpen: boolean) => void;
}) {
  return (
    <SelectField
      aria-label={label}
      value={isOpen ? "open" : "closed"}
      disabled={disabled}
      onChange={(event) => onChange(event.target.value === "open")}
      className="w-14 shrink-0 px-1! text-center"
    >
      <option value="closed">{closed}</option>
      <option value="open">{open}</option>
    </SelectField>
  );
}

function CodesEditor({ field, part, onDone, extra }: EditorProps) {
  const { t, locale } = useI18n();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    new Set(part ? codesOf([part.filter], field.key) : []),
  );
  const [words, setWords] = useState("");
  const needle = words.trim().toLocaleLowerCase(locale);
  const values = field.values ?? [];
  const found = values
    .filter(
      (entry) =>
        needle === "" ||
        entry.value.startsWith(needle) ||
        entry.label[locale].toLocaleLowerCase(locale).includes(needle),
    )
    .slice(0, 200);
  const [active, setActive] = useState(0);
  const current = Math.min(active, found.length - 1);
  const toggle = (value: string) => {
    const next = new Set(chosen);
    if (!next.delete(value)) next.add(value);
    setChosen(next);
  };
  return (
    <Frame
      field={field}
      extra={extra}
      onSubmit={() => {
        // Words and Enter: the only hit is meant, and of several the marked one.
        const hit = needle === "" ? undefined : found[current];
        const codes = new Set(
          hit && (found.length === 1 || chosen.size === 0) ? [...chosen, hit.value] : chosen,
        );
        onDone(codesCondition(field.key, [...codes].toSorted()));
      }}
    >
      {values.length > 8 && (
        <TextField
          autoFocus
          aria-label={t("universe.valueSearch")}
          placeholder={t("universe.valueSearch")}
          value={words}
          onChange={(event) => {
            setWords(event.target.value);
            setActive(0);
          }}
          onKeyDown={(event) => {
            if (event.key === "ArrowDown") setActive(Math.min(current + 1, found.length - 1));
            else if (event.key === "ArrowUp") setActive(Math.max(current - 1, 0));
            else return;
            event.preventDefault();
          }}
        />
      )}
      <fieldset className="max-h-64 overflow-y-auto">
        <legend className="sr-only">{pick(field.label, locale)}</legend>
        {found.map((entry, index) => (
          <label
            key={entry.value}
            ref={
              needle !== "" && index === current
                ? (element) => element?.scrollIntoView({ block: "nearest" })
                : undefined
            }
            className={cx(
              "flex min-h-7 items-center gap-2 rounded-[4px] px-1 hover:bg-hover",
              needle !== "" && index === current && "bg-hover",
            )}
          >
            <input
              type="checkbox"
              className="shrink-0 accent-[var(--accent)]"
              checked={chosen.has(entry.value)}
              onChange={() => toggle(entry.value)}
            />
            <span className="min-w-0 flex-1 truncate" title={entry.label[locale]}>
              {entry.label[locale]}
            </span>
            {entry.label[locale] !== entry.value && (
              <code className="font-mono text-2xs text-ink-3">{entry.value}</code>
            )}
          </label>
        ))}
        {found.length === 0 && <p className="px-1 py-2 text-ink-2">{t("universe.noValue")}</p>}
      </fieldset>
    </Frame>
  );
}

function SetEditor({ field, part, onDone, extra }: EditorProps) {
  const { locale } = useI18n();
  const [choice, setChoice] = useState(() => chosenOf(part?.filter ?? null));
  return (
    <Frame
      field={field}
      extra={extra}
      onSubmit={() => onDone(setCondition(field.key, choice.codes, choice.isIn))}
    >
      <SetChoice
        field={field}
        label={pick(field.label, locale)}
        codes={choice.codes}
        isIn={choice.isIn}
        onChange={(codes, isIn) => setChoice({ codes, isIn })}
      />
    </Frame>
  );
}

function BooleanEditor({ field, part, onDone, extra }: EditorProps) {
  const { t } = useI18n();
  const before = part && "value" in part.filter ? part.filter.value !== false : true;
  const [value, setValue] = useState(before);
  return (
    <Frame field={field} extra={extra} onSubmit={() => onDone({ field: field.key, op: "=", value })}>
      <SelectField
        aria-label={t("universe.value")}
        value={String(value)}
        onChange={(event) => setValue(event.target.value === "true")}
      >
        <option value="true">{t("universe.yes")}</option>
        <option value="false">{t("universe.no")}</option>
      </SelectField>
    </Frame>
  );
}

function DateEditor({ field, part, onDone, extra }: EditorProps) {
  const { t } = useI18n();
  const id = useId();
  const filter = part && "op" in part.filter ? part.filter : null;
  const pair = filter?.op === "between" && Array.isArray(filter.value) ? filter.value.map(String) : [];
  const startsWith = (...ops: string[]) =>
    filter && ops.includes(filter.op) ? String(filter.value) : undefined;
  const [from, setFrom] = useState(pair[0] ?? startsWith(">=", ">", "=") ?? "");
  const [to, setTo] = useState(pair[1] ?? startsWith("<=", "<", "=") ?? "");
  const [touched, setTouched] = useState(false);
  const node = () => rangeCondition(field.key, from || null, to || null, openEnds(part?.filter));
  return (
    <Frame field={field} extra={extra} onSubmit={() => onDone(part && !touched ? part.filter : node())}>
      <div className="grid grid-cols-2 gap-2" onChange={() => setTouched(true)}>
        <label htmlFor={`${id}-from`} className="text-ink-2 text-xs">
          {t("universe.from")}
          <TextField
            id={`${id}-from`}
            type="date"
            value={from}
            onChange={(event) => setFrom(event.target.value)}
            className="mt-1 w-full"
          />
        </label>
        <label htmlFor={`${id}-to`} className="text-ink-2 text-xs">
          {t("universe.to")}
          <TextField
            id={`${id}-to`}
            type="date"
            value={to}
            onChange={(event) => setTo(event.target.value)}
            className="mt-1 w-full"
          />
        </label>
      </div>
    </Frame>
  );
}

function TextEditor({ field, part, onDone, extra }: EditorProps) {
  const { t } = useI18n();
  const operators = field.operators.filter((op) => ["=", "contains", "starts_with", "~"].includes(op));
  const filter = part && "op" in part.filter ? part.filter : null;
  const [op, setOp] = useState(
    filter?.op ?? (operators.includes("contains") ? "contains" : (operators[0] ?? "contains")),
  );
  const [words, setWords] = useState(typeof filter?.value === "string" ? filter.value : "");
  const name = (value: string) =>
    t(
      value === "="
        ? "op.="
        : value === "starts_with"
          ? "op.starts_with"
          : value === "~"
            ? "op.fuzzy"
            : "op.contains",
    );
  return (
    <Frame
      field={field}
      extra={extra}
      onSubmit={() => onDone(words.trim() === "" ? null : { field: field.key, op, value: words.trim() })}
    >
      <div className="flex gap-2">
        <SelectField
          aria-label={t("universe.filterHas")}
          value={op}
          onChange={(event) => setOp(event.target.value)}
        >
          {(operators.length > 0 ? operators : ["contains"]).map((value) => (
            <option key={value} value={value}>
              {name(value)}
            </option>
          ))}
        </SelectField>
        <TextField
          autoFocus
          aria-label={t("universe.value")}
          value={words}
          onChange={(event) => setWords(event.target.value)}
          className="min-w-0 flex-1"
        />
      </div>
    </Frame>
  );
}
