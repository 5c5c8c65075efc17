import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useCatalogue } from "@/shared/catalogue/fields";
import { formatDateTime } from "@/shared/format/date";
import { formatFieldValue, headerUnit } from "@/shared/format/field-value";
import { formatOrgnr } from "@/shared/format/orgnr";
import { useI18n } from "@/shared/i18n/i18n";
import { type ScreenDifference, screenDifferenceQuery } from "@/shared/monitors/queries";
import { usePreferences } from "@/shared/preferences/preferences";
import { Sheet } from "@/shared/ui/dialog";
import { ErrorState, LoadingBlock } from "@/shared/ui/states";

type Company = ScreenDifference["entered"][number];

/** All of one change: who entered, who left, and the figure that did it. */
export function ChangePanel({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useI18n();
  const change = useQuery(screenDifferenceQuery(id));
  const { data } = change;
  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("change.title", { screen: data?.view_name ?? "…" })}
      description={data ? formatDateTime(data.found_at) : undefined}
    >
      {change.isPending ? (
        <LoadingBlock />
      ) : change.isError ? (
        <ErrorState error={change.error} onRetry={() => void change.refetch()} />
      ) : (
        <div className="flex flex-col gap-5 p-4">
          <Link
            to="/universe"
            search={{ f: change.data.text }}
            className="self-start font-medium text-accent text-xs hover:underline"
          >
            {t("change.open")}
          </Link>
          <Companies
            title={`${t("change.entered")} (${change.data.entered_count})`}
            companies={change.data.entered}
            count={change.data.entered_count}
          />
          <Companies
            title={`${t("change.left")} (${change.data.left_count})`}
            companies={change.data.left}
            count={change.data.left_count}
          />
        </div>
      )}
    </Sheet>
  );
}

function Companies({
  title,
  companies,
  count,
}: {
  title: string;
  companies: readonly Company[];
  count: number;
}) {
  const { t } = useI18n();
  if (count === 0) return null;
  return (
    <section>
      <h3 className="mb-1.5 font-semibold text-sm">{title}</h3>
      <ul className="flex flex-col">
        {companies.map((company) => (
          <li key={company.orgnr} className="border-line/70 border-t py-1.5 first:border-0">
            <Link
              to="/company/$orgnr"
              params={{ orgnr: company.orgnr }}
              className="font-medium hover:text-accent hover:underline"
            >
              {company.name ?? formatOrgnr(company.orgnr)}
            </Link>
            <Why company={company} />
          </li>
        ))}
      </ul>
      {count > companies.length && (
        <p className="mt-1 text-ink-2 text-xs">{t("change.more", { count: count - companies.length })}</p>
      )}
    </section>
  );
}

function Why({ company }: { company: Company }) {
  const { t, locale } = useI18n();
  const { unit } = usePreferences();
  const { fields } = useCatalogue();
  const style = { unit, locale, t };
  const words = (cause: Company["causes"][number]) => {
    const field = fields.get(cause.field);
    if (!field) return cause.condition;
    const shown = (value: unknown) => {
      const text = formatFieldValue(field, value, style);
      const name = headerUnit(field, style);
      return name && text !== "–" ? `${text} ${name}` : text;
    };
    return t("change.from", {
      field: field.label[locale],
      before: shown(cause.before),
      after: shown(cause.after),
    });
  };
  if (company.causes.length === 0) {
    const key =
      company.reason === "new"
        ? "change.new"
        : company.reason === "removed"
          ? "change.removed"
          : "change.set";
    return <p className="text-ink-2 text-xs">{t(key)}</p>;
  }
  return (
    <ul>
      {company.causes.map((cause) => (
        <li key={cause.condition} className="text-ink-2 text-xs" title={cause.condition}>
          {words(cause)}
        </li>
      ))}
    </ul>
  );
}
