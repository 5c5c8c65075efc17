import { useRouter } from "@tanstack/react-router";
import type { MouseEvent, ReactNode } from "react";
import type { Field } from "@/shared/catalogue/fields";
import { Sparkline } from "@/shared/charts/sparkline";
import { DemoMark } from "@/shared/company/demo-mark";
import { RowMarks } from "@/shared/company/work-marks";
import { formatFieldValue, type ValueStyle } from "@/shared/format/field-value";
import { formatCompactAmount, MISSING } from "@/shared/format/number";
import { formatOrgnr } from "@/shared/format/orgnr";
import type { Marks } from "@/shared/lists/queries";
import type { Prospect } from "@/shared/prospects/queries";
import type { Row } from "./rows";

/** The company's name with the badges that must not be overlooked. */
export function NameCell({
  row,
  style,
  prospect,
  marks,
}: {
  row: Row;
  style: ValueStyle;
  prospect?: Prospect;
  marks?: Marks;
}) {
  const { t } = style;
  return (
    <span className="flex min-w-0 flex-1 items-center gap-1.5">
      <CompanyLink orgnr={row.orgnr}>{row.name ?? formatOrgnr(row.orgnr)}</CompanyLink>
      {row.is_demo === true && <DemoMark label={t("demo.note")} />}
      <RowMarks prospect={prospect} marks={marks} />
    </span>
  );
}

/**
 * A link to the company. It asks the router only when it is used: a table of such links is drawn with every step of a
 * dragged brush.
 */
function CompanyLink({ orgnr, children }: { orgnr: string; children: ReactNode }) {
  const router = useRouter();
  const to = { to: "/company/$orgnr", params: { orgnr } } as const;
  const follow = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    void router.navigate({ ...to, search: {} });
  };
  return (
    <a
      href={`/company/${orgnr}`}
      tabIndex={-1}
      onClick={follow}
      onPointerEnter={() => void router.preloadRoute({ ...to, search: {} })}
      className="truncate font-medium text-ink hover:text-accent hover:underline"
    >
      {children}
    </a>
  );
}

/** The years of a revenue series in order; the server may send bare amounts or amounts with their period. */
export function seriesValues(value: unknown): (number | null)[] {
  if (!Array.isArray(value)) return [];
  return value.map((entry: unknown) => {
    if (typeof entry === "number") return entry;
    if (Array.isArray(entry)) return typeof entry[1] === "number" ? entry[1] : null;
    if (typeof entry === "object" && entry !== null) {
      const amount = (entry as Record<string, unknown>).revenue ?? (entry as Record<string, unknown>).value;
      return typeof amount === "number" ? amount : null;
    }
    return null;
  });
}

export function SeriesCell({ value, style }: { value: unknown; style: ValueStyle }) {
  const values = seriesValues(value);
  const words = values.map((amount) => formatCompactAmount(amount, style.locale)).join(", ");
  return <Sparkline values={values} label={style.t("universe.sparkline", { values: words || MISSING })} />;
}

/** Any other field. Negative numbers carry their minus sign; colour is not needed to tell them. */
export function FieldCell({ field, value, style }: { field: Field; value: unknown; style: ValueStyle }) {
  const text = formatFieldValue(field, value, style);
  if (text === MISSING) {
    return (
      <span className="text-ink-3" title={style.t("state.missing")}>
        {MISSING}
      </span>
    );
  }
  const isCode = field.kind === "category" || field.kind === "categories" || field.kind === "text";
  return (
    <span
      className={isCode ? "truncate" : undefined}
      title={isCode ? `${text}${text === String(value) ? "" : ` (${value})`}` : undefined}
    >
      {text}
    </span>
  );
}
