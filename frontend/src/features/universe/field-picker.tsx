import { useState } from "react";
import type { Field, FieldMap } from "@/shared/catalogue/fields";
import { pick, useI18n } from "@/shared/i18n/i18n";
import { cx } from "@/shared/ui/class-names";
import { TextField } from "@/shared/ui/field";

/** The fields whose label, key or alias contains the words, by group. */
export function findFields(fields: FieldMap, words: string, accept: (field: Field) => boolean): Field[] {
  const needle = words.trim().toLowerCase();
  return [...fields.values()].filter(
    (field) =>
      accept(field) &&
      (needle === "" ||
        [field.label.sv, field.label.en, field.key, ...field.aliases].some((name) =>
          name.toLowerCase().includes(needle),
        )),
  );
}

/** A searchable list of fields by group. Arrow keys move, Enter chooses. */
export function FieldPicker({
  fields,
  groups,
  accept = () => true,
  onPick,
}: {
  fields: FieldMap;
  groups: ReadonlyMap<string, string>;
  accept?: (field: Field) => boolean;
  onPick: (field: Field) => void;
}) {
  const { t, locale } = useI18n();
  const [words, setWords] = useState("");
  const [active, setActive] = useState(0);
  const found = findFields(fields, words, accept);
  const current = Math.min(active, found.length - 1);
  return (
    <div className="flex w-72 flex-col">
      <TextField
        autoFocus
        role="combobox"
        aria-expanded="true"
        aria-controls="field-picker-list"
        aria-activedescendant={found[current] ? `field-picker-${found[current].key}` : undefined}
        aria-label={t("universe.fieldSearch")}
        placeholder={t("universe.fieldSearch")}
        value={words}
        onChange={(event) => {
          setWords(event.target.value);
          setActive(0);
        }}
        onKeyDown={(event) => {
          if (event.key === "ArrowDown") setActive(Math.min(current + 1, found.length - 1));
          else if (event.key === "ArrowUp") setActive(Math.max(current - 1, 0));
          else if (event.key === "Enter" && found[current]) onPick(found[current]);
          else return;
          event.preventDefault();
        }}
      />
      <div
        id="field-picker-list"
        role="listbox"
        aria-label={t("universe.fieldSearch")}
        tabIndex={-1}
        className="-mx-1 mt-2 max-h-80 overflow-y-auto"
      >
        {found.map((field, index) => (
          <div key={field.key}>
            {field.group !== found[index - 1]?.group && (
              <div role="presentation" className="eyebrow px-2 pt-2 pb-1">
                {groups.get(field.group) ?? field.group}
              </div>
            )}
            {/* biome-ignore lint/a11y/useKeyWithClickEvents: the field above holds the focus and handles the keys. */}
            <div
              id={`field-picker-${field.key}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === current}
              title={pick(field.formula, locale)}
              onMouseMove={() => setActive(index)}
              onClick={() => onPick(field)}
              ref={index === current ? (element) => element?.scrollIntoView({ block: "nearest" }) : undefined}
              className={cx(
                "flex h-7 items-center gap-2 rounded-[4px] px-2",
                index === current && "bg-hover",
              )}
            >
              <span className="truncate">{pick(field.label, locale)}</span>
              <code className="ml-auto truncate font-mono text-2xs text-ink-3">{field.key}</code>
            </div>
          </div>
        ))}
        {found.length === 0 && <p className="px-2 py-3 text-ink-2">{t("universe.noField")}</p>}
      </div>
    </div>
  );
}
