import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ArrowUpRight, Blend, X } from "lucide-react";
import { CompanyActionButtons } from "@/shared/actions/company-action-buttons";
import { type FieldMap, useCodeName } from "@/shared/catalogue/fields";
import { RevenueChart } from "@/shared/charts/revenue-chart";
import { formatFieldValue, headerUnit, type ValueStyle } from "@/shared/format/field-value";
import { formatOrgnr } from "@/shared/format/orgnr";
import { pick } from "@/shared/i18n/i18n";
import { useShortcuts } from "@/shared/keyboard/shortcuts";
import { Badge } from "@/shared/ui/badge";
import { IconButton } from "@/shared/ui/button";
import { ErrorState, LoadingBlock } from "@/shared/ui/states";
import { useReturnFocus } from "@/shared/ui/use-return-focus";
import { companyQuery, financialsQuery } from "./queries";
import { WorkSummary } from "./work-marks";

const FIGURES = [
  "revenue",
  "cagr_3y",
  "ebitda",
  "ebit_margin",
  "result_after_financial_items",
  "equity_ratio",
  "net_debt_to_ebitda",
  "roce",
  "employees",
  "revenue_per_employee",
];

/** A company at a glance beside the table; it follows the active row. */
export function PreviewPane({
  orgnr,
  fields,
  style,
  onSimilar,
  onClose,
}: {
  orgnr: string;
  fields: FieldMap;
  style: ValueStyle;
  /** Seeks look-alikes in the screen that is open; without it the button leads to a screen of its own. */
  onSimilar?: () => void;
  onClose: () => void;
}) {
  const { t, locale } = style;
  useReturnFocus();
  const name = useCodeName();
  useShortcuts([
    { keys: "escape", label: "shortcuts.closePreview", group: "shortcuts.group.table", run: onClose },
  ]);
  const company = useQuery(companyQuery(orgnr));
  const financials = useQuery(financialsQuery(orgnr));
  return (
    <aside
      aria-label={t("universe.preview")}
      aria-busy={company.isFetching}
      className="flex w-[22rem] shrink-0 flex-col border-line border-l bg-surface max-lg:absolute max-lg:inset-y-0 max-lg:right-0 max-lg:z-30 max-lg:w-[22rem] max-sm:w-full max-sm:border-l-0 max-lg:shadow-popover"
    >
      <header className="flex items-start gap-2 border-line border-b px-3.5 py-2.5">
        <div className="min-w-0 flex-1">
          <h2 className="truncate font-semibold text-base">{company.data?.name ?? formatOrgnr(orgnr)}</h2>
          <p className="tabular truncate text-ink-2 text-xs">
            {[formatOrgnr(orgnr), company.data?.municipality?.name].filter(Boolean).join(" · ")}
          </p>
        </div>
        <Link
          to="/company/$orgnr"
          params={{ orgnr }}
          className="inline-flex h-7 items-center gap-1 rounded-md bg-accent px-2.5 font-medium text-accent-ink hover:bg-accent-strong"
        >
          {t("universe.openCompany")} <ArrowUpRight size={13} aria-hidden />
        </Link>
        <IconButton label={t("action.close")} onClick={onClose}>
          <X size={15} aria-hidden />
        </IconButton>
      </header>
      <div className="relative flex h-9 shrink-0 items-center gap-0.5 overflow-x-auto border-line border-b px-2">
        <CompanyActionButtons icons companies={[{ orgnr, name: company.data?.name ?? null }]} />
        {onSimilar ? (
          <IconButton label={t("universe.view.similar")} onClick={onSimilar}>
            <Blend size={15} aria-hidden />
          </IconButton>
        ) : (
          <Link
            to="/universe"
            search={{ view: "similar", seeds: orgnr }}
            aria-label={t("universe.view.similar")}
            title={t("universe.view.similar")}
            className="flex size-7 items-center justify-center rounded-md text-ink-2 hover:bg-hover hover:text-ink"
          >
            <Blend size={15} aria-hidden />
          </Link>
        )}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
      <div className="min-h-0 flex-1 overflow-y-auto" tabIndex={0}>
        {company.isError ? (
          <ErrorState error={company.error} onRetry={() => void company.refetch()} />
        ) : company.isPending ? (
          <LoadingBlock />
        ) : (
          <div className="flex flex-col gap-4 p-3.5">
            {company.data.is_demo && (
              <p>
                <Badge tone="warn">{t("demo.badge")}</Badge>{" "}
                <span className="text-ink-2 text-xs">
                  {pick(company.data.demo_note, locale) || t("demo.note")}
                </span>
              </p>
            )}
            <WorkSummary orgnr={orgnr} />
            {company.data.sni[0] && (
              <p className="text-ink-2 text-xs">
                <span className="tabular">{company.data.sni[0].code}</span>{" "}
                {name("sni", company.data.sni[0].code, company.data.sni[0].label)}
              </p>
            )}
            {financials.data && <RevenueChart periods={financials.data.financials} style={style} compact />}
            <dl className="grid grid-cols-2 gap-x-4 gap-y-2.5">
              {FIGURES.map((key) => {
                const field = fields.get(key);
                if (!field) return null;
                const facts = company.data.facts as Record<string, unknown>;
                const unit = headerUnit(field, style);
                return (
                  <div key={key} title={pick(field.formula, locale)}>
                    <dt className="truncate text-2xs text-ink-3">
                      {pick(field.label, locale)}
                      {unit && ` ${unit}`}
                    </dt>
                    <dd className="tabular font-medium">{formatFieldValue(field, facts[key], style)}</dd>
                  </div>
                );
              })}
            </dl>
            {company.data.activity_description && (
              <p className="line-clamp-6 border-line border-t pt-3 text-ink-2 text-xs">
                {company.data.activity_description}
              </p>
            )}
          </div>
        )}
      </div>
    </aside>
  );
}
