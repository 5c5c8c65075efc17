import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { formatCost } from "@/shared/format/number";
import { readNumber } from "@/shared/format/number-input";
import { useI18n } from "@/shared/i18n/i18n";
import { SelectField, TextField } from "@/shared/ui/field";
import { Segmented } from "@/shared/ui/segmented";
import { modelsQuery } from "./model-queries";

/** Who writes an analysis: rules where `provider` is null. The budget is as it is typed. */
export type Analyst = { provider: string | null; language: "sv" | "en"; budget: string };

/** Stands for the rules among the names of providers, which hold small letters, digits and `_` alone. */
const RULES = "-";

/** What a budget says as typed: null where nothing is typed, NaN where it is no amount. */
export function budgetOf(analyst: Analyst): number | null {
  const amount = readNumber(analyst.budget);
  return amount !== null && amount < 0 ? Number.NaN : amount;
}

/** Who writes: rules or a configured model; for a model the language and what the run may cost. */
export function AnalystFields({
  analyst,
  onChange,
}: {
  analyst: Analyst;
  onChange: (analyst: Analyst) => void;
}) {
  const { t, locale } = useI18n();
  const models = useQuery(modelsQuery);
  const id = useId();
  const budget = useId();
  const items = models.data?.items ?? [];
  const chosen = items.find((model) => model.name === analyst.provider);
  const month = models.data?.month;
  const isWrong = Number.isNaN(budgetOf(analyst) ?? 0);
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="eyebrow mb-1">{t("ai.analyst")}</legend>
      {items.length > 0 && items.length <= 3 ? (
        <Segmented
          label={t("ai.analyst")}
          value={analyst.provider ?? RULES}
          options={[
            { value: RULES, label: t("ai.analyst.rules") },
            ...items.map((model) => ({ value: model.name, label: model.model })),
          ]}
          onChange={(value) => onChange({ ...analyst, provider: value === RULES ? null : value })}
        />
      ) : (
        items.length > 0 && (
          <SelectField
            id={id}
            aria-label={t("ai.analyst")}
            value={analyst.provider ?? ""}
            onChange={(event) => onChange({ ...analyst, provider: event.target.value || null })}
          >
            <option value="">{t("ai.analyst.rules")}</option>
            {items.map((model) => (
              <option key={model.name} value={model.name}>
                {model.model} ({model.name})
              </option>
            ))}
          </SelectField>
        )
      )}
      <p className="text-ink-2 text-xs">
        {t(analyst.provider ? "ai.modelHelp" : "ai.rulesHelp")}
        {models.isSuccess && items.length === 0 && ` ${t("ai.noModel")}`}
        {models.isError && ` ${t("ai.modelsFailed")}`}
      </p>
      {chosen && !chosen.is_ready && (
        <p className="text-warn text-xs">
          {chosen.error ? t("ai.notReady", { error: chosen.error }) : t("ai.notAsked")}
        </p>
      )}
      {chosen && month && (
        <div className="flex flex-wrap items-start gap-x-6 gap-y-2">
          <div>
            <span className="mb-1 block text-ink-2 text-xs">{t("ai.language")}</span>
            <Segmented
              label={t("ai.language")}
              value={analyst.language}
              options={[
                { value: "sv", label: t("ai.language.sv") },
                { value: "en", label: t("ai.language.en") },
              ]}
              onChange={(language) => onChange({ ...analyst, language })}
            />
          </div>
          <div>
            <label htmlFor={budget} className="mb-1 block text-ink-2 text-xs">
              {t("ai.budget", { currency: month.currency })}
            </label>
            <TextField
              id={budget}
              inputMode="decimal"
              value={analyst.budget}
              aria-invalid={isWrong}
              aria-describedby={`${budget}-help`}
              onChange={(event) => onChange({ ...analyst, budget: event.target.value })}
              className="w-28"
            />
            <p
              id={`${budget}-help`}
              className={isWrong ? "mt-1 text-bad text-xs" : "mt-1 text-ink-3 text-xs"}
            >
              {isWrong
                ? t("ai.budgetWrong")
                : t("ai.budgetHelp", { amount: formatCost(month.run_limit, month.currency, locale) })}
            </p>
          </div>
        </div>
      )}
    </fieldset>
  );
}
