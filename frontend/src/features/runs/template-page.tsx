import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { ApiError } from "@/shared/api/problem";
import { useCatalogue } from "@/shared/catalogue/fields";
import { useI18n } from "@/shared/i18n/i18n";
import { usePreferences } from "@/shared/preferences/preferences";
import { PageBar } from "@/shared/ui/section";
import { EmptyState, ErrorState, LoadingBlock } from "@/shared/ui/states";
import { BackLink } from "./back-link";
import { shippedName } from "./model-queries";
import { type AnalysisTemplate, templateQuery, templatesQuery } from "./run-queries";
import { draftOf, type NumberStyle } from "./template-draft";
import { TemplateEditor } from "./template-editor";
import { BUILT_IN, dimensionLabel, keyOf, templateName } from "./template-labels";

const newRoute = getRouteApi("/ai/templates/new");
const route = getRouteApi("/ai/templates/$id");

/** A template that is made anew, as a copy of another. */
export function NewTemplatePage() {
  const { t } = useI18n();
  const { from = BUILT_IN } = newRoute.useSearch();
  return (
    <Loaded id={from}>
      {(template, style) => {
        const own = template.key ? shippedName(template, t) : templateName(template, t);
        const name = t("templates.copyOf", { name: own });
        const words = (dimension: { key: string; label?: string | null }) => dimensionLabel(dimension, t);
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
  const { version } = route.useSearch();
  return (
    <Loaded id={id} version={version}>
      {(template, style) => {
        const words = (dimension: { key: string; label?: string | null }) => dimensionLabel(dimension, t);
        const name = templateName(template, t);
        return (
          <TemplateEditor
            // Another language or money unit writes the numbers in another way.
            key={`${id} ${version} ${template.deleted_at} ${style.locale} ${style.unit}`}
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
  version,
  children,
}: {
  id: string;
  /** The newest one when not given. */
  version?: number | undefined;
  children: (template: AnalysisTemplate, style: NumberStyle) => ReactNode;
}) {
  const { t, locale } = useI18n();
  const { unit } = usePreferences();
  const { query: catalogue, fields } = useCatalogue();
  // What is changed must be the newest version; a copy in memory may be older.
  const fresh = { staleTime: 0, refetchOnWindowFocus: false } as const;
  const shippedKey = keyOf(id);
  const isOwn = id !== BUILT_IN && shippedKey === null;
  const comes = useQuery({ ...templatesQuery, ...fresh, enabled: !isOwn });
  const saved = useQuery({ ...templateQuery(id, version), ...fresh, enabled: isOwn });
  const asked = isOwn ? saved : comes;
  const bar = (
    <PageBar
      title={t("templates.title")}
      lead={<BackLink to="/ai/templates" label={t("templates.back")} />}
    />
  );
  const failed = [asked, catalogue].find((query) => query.isError);
  if (failed && !(failed.error instanceof ApiError && failed.error.isNotFound)) {
    return (
      <>
        {bar}
        <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />
      </>
    );
  }
  if (!failed && (!asked.isFetchedAfterMount || catalogue.isPending)) {
    return (
      <>
        {bar}
        <LoadingBlock lines={10} />
      </>
    );
  }
  const template = isOwn
    ? saved.data
    : shippedKey === null
      ? comes.data?.items.find((one) => !one.id)
      : comes.data?.shipped.find((one) => one.key === shippedKey);
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
