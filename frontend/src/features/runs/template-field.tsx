import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ExternalLink } from "lucide-react";
import { useId } from "react";
import type { Got } from "@/shared/api/client";
import { pick, type Translate, useI18n } from "@/shared/i18n/i18n";
import { SelectField } from "@/shared/ui/field";
import { ErrorState } from "@/shared/ui/states";
import { shippedName } from "./model-queries";
import { templatesQuery } from "./run-queries";
import { addressOfShipped, keyOf, templateName } from "./template-labels";

/** A saved template by its id; where that is null the built-in one for rules, and the one of `key` for a model. */
export type TemplateChoice = { id: string | null; key: string };

/** What the chosen template is called; undefined while the templates are not known. */
export function templateChoiceName(
  templates: Got<"/api/analysis/templates"> | undefined,
  choice: TemplateChoice,
  forModel: boolean,
  t: Translate,
): string | undefined {
  if (forModel && !choice.id) {
    const found = templates?.shipped.find((one) => one.key === choice.key);
    return found && shippedName(found, t);
  }
  const found = templates?.items.find((one) => one.id === choice.id);
  return found && templateName(found, t);
}

/** The template of an analysis; for a model those that ask it something. */
export function TemplateField({
  choice,
  forModel,
  onChange,
}: {
  choice: TemplateChoice;
  forModel: boolean;
  onChange: (choice: TemplateChoice) => void;
}) {
  const { t, locale } = useI18n();
  const templates = useQuery(templatesQuery);
  const id = useId();
  const saved = templates.data?.items.filter((one) => !forModel || (one.id && one.template.questions)) ?? [];
  const shipped = forModel ? (templates.data?.shipped ?? []) : [];
  const chosen = !choice.id ? shipped.find((one) => one.key === choice.key) : undefined;
  const options = saved.map((one) => (
    <option key={one.id ?? "built-in"} value={one.id ?? ""}>
      {templateName(one, t)}
      {one.id && ` · ${t("templates.versionOf", { version: one.version })}`}
    </option>
  ));
  return (
    <div>
      <div className="mb-1 flex items-baseline justify-between gap-3">
        <label htmlFor={id} className="eyebrow block">
          {t("runs.template")}
        </label>
        {/* Beside this page, so that what is chosen here is not lost. */}
        <Link
          to="/ai/templates"
          target="_blank"
          className="inline-flex items-center gap-1 text-accent text-xs hover:underline"
        >
          {t("templates.edit")} <ExternalLink size={11} aria-hidden />
        </Link>
      </div>
      <SelectField
        id={id}
        value={choice.id ?? (forModel ? addressOfShipped(choice.key) : "")}
        onChange={({ target: { value } }) => {
          const key = keyOf(value);
          onChange(key === null ? { ...choice, id: value || null } : { id: null, key });
        }}
        className="w-full"
      >
        {forModel ? (
          <>
            <optgroup label={t("ai.shipped")}>
              {shipped.map((one) => (
                <option key={one.key} value={addressOfShipped(one.key ?? "")}>
                  {shippedName(one, t)}
                </option>
              ))}
            </optgroup>
            {options.length > 0 && <optgroup label={t("ai.saved")}>{options}</optgroup>}
          </>
        ) : (
          options
        )}
      </SelectField>
      {chosen?.description && <p className="mt-1 text-ink-2 text-xs">{pick(chosen.description, locale)}</p>}
      {templates.isError && (
        <ErrorState compact error={templates.error} onRetry={() => void templates.refetch()} />
      )}
    </div>
  );
}
