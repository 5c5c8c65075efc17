import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useCatalogue } from "@/shared/catalogue/fields";
import { useI18n } from "@/shared/i18n/i18n";
import { usePreferences } from "@/shared/preferences/preferences";
import { PageBar } from "@/shared/ui/section";
import { EmptyState, ErrorState, LoadingBlock } from "@/shared/ui/states";
import { BackLink } from "./back-link";
import { type AnalysisTemplate, templatesQuery } from "./run-queries";
import { draftOf, type NumberStyle } from "./template-draft";
import { TemplateEditor } from "./template-editor";
import { BUILT_IN, dimensionWords, templateName } from "./template-words";

const newRoute = getRouteApi("/ai/templates/new");
const route = getRouteApi("/ai/templates/$id");

/** A template that is made anew, as a copy of another. */
export function NewTemplatePage() {
  const { t } = useI18n();
  const { from = BUILT_IN } = newRoute.useSearch();
  return (
    <Loaded id={from}>
      {(template, style) => {
        const name = t("templates.copyOf", { name: templateName(template, t) });
        const words = (dimension: { key: string; label?: string | null }) => dimensionWords(dimension, t);
        return (
          <TemplateEditor
            key={from}
            kept={null}
            start={draftOf(name, template.template, style, words)}
            style={style}
          />
        );
      }}
    </Loaded>
  );
}

/** One template: read by everybody, changed by who may change the team's work. */
export function TemplatePage() {
  const { t } = useI18n();
  const { id } = route.useParams();
  return (
    <Loaded id={id}>
      {(template, style) => {
        const words = (dimension: { key: string; label?: string | null }) => dimensionWords(dimension, t);
        const name = templateName(template, t);
        return (
          <TemplateEditor
            // Another language or money unit writes the numbers in another way.
            key={`${id} ${style.locale} ${style.unit}`}
            kept={template}
            start={draftOf(name, template.template, style, words)}
            style={style}
          />
        );
      }}
    </Loaded>
  );
}

/** The template and the catalogue that its numbers are read by, or the state of their loading. */
function Loaded({
  id,
  children,
}: {
  id: string;
  children: (template: AnalysisTemplate, style: NumberStyle) => ReactNode;
}) {
  const { t, locale } = useI18n();
  const { unit } = usePreferences();
  const { query: catalogue, fields } = useCatalogue();
  // What is changed must be the newest version; a copy in memory may be older.
  const templates = useQuery({ ...templatesQuery, staleTime: 0, refetchOnWindowFocus: false });
  const bar = (
    <PageBar
      title={t("templates.title")}
      lead={<BackLink to="/ai/templates" label={t("templates.back")} />}
    />
  );
  const failed = [templates, catalogue].find((query) => query.isError);
  if (failed) {
    return (
      <>
        {bar}
        <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />
      </>
    );
  }
  if (!templates.data || !templates.isFetchedAfterMount || catalogue.isPending) {
    return (
      <>
        {bar}
        <LoadingBlock lines={10} />
      </>
    );
  }
  const template = templates.data.items.find((one) => (one.id ?? BUILT_IN) === id);
  if (!template) {
    return (
      <>
        {bar}
        <EmptyState title={t("templates.gone")} />
      </>
    );
  }
  return children(template, { fields, unit, locale });
}
