import { useCatalogue } from "@/shared/catalogue/fields";
import { formatDate } from "@/shared/format/date";
import { useI18n } from "@/shared/i18n/i18n";
import { usePreferences } from "@/shared/preferences/preferences";
import { PlainTable } from "@/shared/ui/plain-table";
import { factValue, figureName } from "./citation";
import type { Dossier } from "./model-queries";
import { PageLink } from "./quote";

/** What a model is told of a company: numbered facts and numbered sentences. It never gets an address; people see where they stand. */
export function DossierView({ dossier }: { dossier: Dossier }) {
  const { t, locale } = useI18n();
  const { unit } = usePreferences();
  const { fields } = useCatalogue();
  const { facts, passages } = dossier;
  const sentences = passages.reduce((sum, passage) => sum + passage.sentences.length, 0);
  return (
    <div className="flex flex-col gap-3">
      <p className="text-ink-2 text-xs">
        {t("ai.dossierCounts", { facts: facts.length, sentences, pages: passages.length })}
      </p>
      {facts.length > 0 && (
        <PlainTable
          label={t("ai.facts")}
          rows={facts}
          keyOf={(fact) => fact.id}
          columns={[
            {
              key: "id",
              header: t("ai.id"),
              cell: (fact) => <code className="font-mono text-xs">{fact.id}</code>,
            },
            { key: "field", header: t("ai.figure"), cell: (fact) => figureName(fact.field, fields, locale) },
            {
              key: "period",
              header: t("ai.period"),
              className: "tabular whitespace-nowrap",
              cell: (fact) => formatDate(fact.period_end),
            },
            {
              key: "value",
              header: t("ai.value"),
              align: "right",
              cell: (fact) => factValue(fact.value, fact.unit, { unit, locale }),
            },
          ]}
        />
      )}
      <section aria-label={t("ai.passages")}>
        <h4 className="eyebrow mb-1">{t("ai.passages")}</h4>
        {passages.length === 0 && <p className="text-ink-2 text-xs">{t("ai.noPassages")}</p>}
        {passages.map((passage) => (
          <div key={passage.id} className="mb-3">
            <p className="flex flex-wrap gap-x-2.5 text-2xs text-ink-3">
              <code className="font-mono">{passage.id}</code>
              <PageLink url={passage.url} />
              <span className="tabular">{formatDate(passage.fetched_at)}</span>
            </p>
            <ul className="mt-0.5 flex flex-col gap-0.5 text-xs">
              {passage.sentences.map((sentence) => (
                <li key={sentence.id} className="grid grid-cols-[3rem_minmax(0,1fr)] gap-2">
                  <code className="font-mono text-ink-3">{sentence.id}</code>
                  <span>{sentence.text}</span>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </section>
    </div>
  );
}

/** A long text as it was sent or came, in a frame that scrolls. */
export function RawText({ label, text }: { label: string; text: string }) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
      tabIndex={0}
      className="max-h-[40vh] overflow-auto whitespace-pre-wrap break-words rounded-md bg-sunken p-2.5 font-mono text-xs"
    >
      {text}
    </section>
  );
}
