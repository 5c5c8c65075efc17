import { formatCost, formatNumber } from "@/shared/format/number";
import { useI18n } from "@/shared/i18n/i18n";
import type { Cost } from "./model-queries";

/** What a model's calls would be and cost, against the run's budget and what is left of the month's limit. */
export function CostLine({ cost, model }: { cost: Cost; model: string }) {
  const { t, locale } = useI18n();
  const money = (amount: number) => formatCost(amount, cost.currency, locale);
  const isOverBudget = typeof cost.budget === "number" && cost.most > cost.budget;
  return (
    <>
      <p>
        {[
          t("ai.estimateCalls", { count: cost.calls, model }),
          t("ai.estimateTokens", {
            input: formatNumber(cost.input_tokens, locale),
            output: formatNumber(cost.most_output_tokens, locale),
          }),
        ].join(", ")}
      </p>
      <p className="tabular font-medium">
        {t("ai.estimateCost", { expected: money(cost.expected), most: money(cost.most) })}
      </p>
      <p className="text-ink-2 text-xs">{t("ai.estimateLeft", { amount: money(cost.month_left) })}</p>
      {isOverBudget && (
        <p className="mt-1 text-warn text-xs">{t("ai.overBudget", { amount: money(cost.budget ?? 0) })}</p>
      )}
      {cost.expected > cost.month_left && <p className="mt-1 text-warn text-xs">{t("ai.overMonth")}</p>}
    </>
  );
}
