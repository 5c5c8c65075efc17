import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { api, unwrap } from "@/shared/api/client";
import { useMay } from "@/shared/auth/me";
import { formatCost, formatNumber } from "@/shared/format/number";
import { readNumber } from "@/shared/format/number-input";
import { useI18n } from "@/shared/i18n/i18n";
import { hasEnded, type Run } from "@/shared/runs/queries";
import { Button } from "@/shared/ui/button";
import { LabelledField } from "@/shared/ui/field";
import { Fact } from "@/shared/ui/section";
import { showFailure, showToast } from "@/shared/ui/toast-store";
import { runFailuresQuery } from "./run-queries";

type RunModel = NonNullable<Run["model"]>;

/** Who writes for a run, what its calls have cost of its budget, and, where that stopped it, a way on. */
export function RunCost({ run, model }: { run: Run; model: RunModel }) {
  const { t, locale } = useI18n();
  const money = (amount: number | null | undefined) => formatCost(amount, model.currency, locale);
  const share = model.budget ? Math.min(1, model.cost / model.budget) : 0;
  return (
    <div className="mt-4 border-line border-t pt-3">
      <dl aria-live="polite" className="grid grid-cols-2 gap-4 sm:grid-cols-4">
        <Fact label={t("ai.model")}>
          {model.model ?? model.provider}
          {model.language && (
            <span className="block text-ink-3 text-xs">
              {t(model.language === "en" ? "ai.language.en" : "ai.language.sv")}
            </span>
          )}
        </Fact>
        <Fact label={t("ai.spent")}>
          <span className="tabular">
            {typeof model.budget === "number"
              ? t("ai.spentOf", { cost: money(model.cost), budget: money(model.budget) })
              : money(model.cost)}
          </span>
          {typeof model.budget === "number" && (
            <span aria-hidden className="mt-1 block h-1 max-w-40 overflow-hidden rounded-full bg-line">
              <span
                className={share >= 0.9 ? "block h-full bg-warn" : "block h-full bg-accent"}
                style={{ width: `${100 * share}%` }}
              />
            </span>
          )}
        </Fact>
        <Fact label={t("ai.calls")}>
          <span className="tabular">{formatNumber(model.calls, locale)}</span>
        </Fact>
        <Fact label={t("ai.tokens")}>
          <span className="tabular">
            {formatNumber(model.input_tokens, locale)} / {formatNumber(model.output_tokens, locale)}
          </span>
        </Fact>
      </dl>
      <BudgetStop run={run} model={model} />
    </div>
  );
}

/** Where the budget stopped companies: how many, and a higher one with which they go on. */
function BudgetStop({ run, model }: { run: Run; model: RunModel }) {
  const { t, locale } = useI18n();
  const queries = useQueryClient();
  const mayRun = useMay("run_analysis");
  const id = useId();
  const [text, setText] = useState("");
  const isMoving = !hasEnded(run);
  const failures = useQuery({ ...runFailuresQuery(run.id, isMoving), enabled: run.failed > 0 });
  const stopped = failures.data?.failures.find((failure) => failure.reason === "over_budget")?.count ?? 0;
  const amount = readNumber(text);
  const isRight = amount !== null && amount > (model.budget ?? 0);
  const raise = useMutation({
    mutationFn: async (budget: number) => {
      const params = { params: { path: { id: run.id } } };
      await unwrap(api.PUT("/api/runs/{id}/budget", { ...params, body: { budget } }));
      return unwrap(api.POST("/api/runs/{id}/retry", params));
    },
    onSuccess: (changed, budget) => {
      queries.setQueryData(["run", run.id], changed);
      setText("");
      showToast({
        text: {
          key: "ai.budgetSet",
          values: { amount: formatCost(budget, model.currency, locale) },
        },
      });
    },
    onError: (error) => showFailure("runs.actionFailed", error),
    onSettled: () => queries.invalidateQueries({ queryKey: ["run", run.id] }),
  });
  if (run.failed === 0 || stopped === 0) return null;
  return (
    <div role="status" className="mt-3 rounded-md bg-warn-soft px-3 py-2.5">
      <p className="text-sm text-warn">{t("ai.stopped", { count: stopped })}</p>
      {mayRun && !isMoving && (
        <form
          id={id}
          className="mt-2 flex flex-wrap items-end gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            if (isRight) raise.mutate(amount);
          }}
        >
          <LabelledField
            label={t("ai.newBudget", { currency: model.currency })}
            inputMode="decimal"
            value={text}
            placeholder={formatNumber(model.budget, locale, 4)}
            onChange={(event) => setText(event.target.value)}
            className="w-40"
          />
          <Button type="submit" look="primary" disabled={!isRight || raise.isPending}>
            {t("ai.setBudget")}
          </Button>
        </form>
      )}
    </div>
  );
}
