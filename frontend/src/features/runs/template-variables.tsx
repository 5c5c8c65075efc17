import { useId } from "react";
import { useI18n } from "@/shared/i18n/i18n";
import { TextField } from "@/shared/ui/field";

/** Variables that every question has; the server fills them in. */
const ALWAYS = ["company", "orgnr", "language"];

/** The template's own variables in a text, each once, in the order in which they stand. */
export function variablesIn(text: string): string[] {
  const found = [...text.matchAll(/\{([a-z0-9_]+)\}/g)].map((match) => match[1] ?? "");
  return [...new Set(found)].filter((name) => !ALWAYS.includes(name));
}

/** A field for each variable that the instructions name, so that one text serves several templates. */
export function TemplateVariables({
  instructions,
  variables,
  isReadOnly,
  onChange,
}: {
  instructions: string;
  variables: Readonly<Record<string, string>>;
  isReadOnly: boolean;
  onChange: (variables: Record<string, string>) => void;
}) {
  const { t } = useI18n();
  const id = useId();
  const names = variablesIn(instructions);
  if (names.length === 0) return null;
  return (
    <fieldset>
      <legend className="eyebrow mb-1">{t("templates.variables")}</legend>
      <div className="grid grid-cols-[auto_1fr] items-center gap-x-3 gap-y-1.5">
        {names.map((name) => (
          <div key={name} className="contents">
            <label htmlFor={`${id}-${name}`} className="tabular text-ink-2 text-sm">
              {`{${name}}`}
            </label>
            <TextField
              id={`${id}-${name}`}
              readOnly={isReadOnly}
              value={variables[name] ?? ""}
              onChange={(event) => onChange({ ...variables, [name]: event.target.value })}
              className="w-full read-only:bg-sunken"
            />
          </div>
        ))}
      </div>
    </fieldset>
  );
}
