import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Copy, Ellipsis, Plus, Sparkles, Trash2 } from "lucide-react";
import { useMay } from "@/shared/auth/me";
import { formatAgo, formatDateTime } from "@/shared/format/date";
import { formatNumber, MISSING } from "@/shared/format/number";
import { pick, useI18n } from "@/shared/i18n/i18n";
import { Badge } from "@/shared/ui/badge";
import { IconButton } from "@/shared/ui/button";
import { LinkButton } from "@/shared/ui/link-button";
import { Menu, MenuItem } from "@/shared/ui/menu";
import { PlainTable } from "@/shared/ui/plain-table";
import { PageBar, Section } from "@/shared/ui/section";
import { ErrorState, LoadingBlock } from "@/shared/ui/states";
import { BackLink } from "./back-link";
import { EvaluationTable } from "./evaluation-table";
import { shippedName, useVocabulary } from "./model-queries";
import { RuleList } from "./rule-list";
import { type AnalysisTemplate, templatesQuery } from "./run-queries";
import { useDeleteTemplate } from "./template-deletion";
import { addressOfShipped, BUILT_IN, dimensionLabel, templateName } from "./template-labels";

/** The templates that analyses score by, the built-in one first, and the rules that hold whatever the template. */
export function TemplatesPage() {
  const { t } = useI18n();
  const mayEdit = useMay("edit_work");
  const templates = useQuery(templatesQuery);
  return (
    <>
      <PageBar title={t("templates.title")} lead={<BackLink to="/ai/runs" label={t("runs.back")} />}>
        {mayEdit && (
          <LinkButton to="/ai/templates/new" search={{ from: BUILT_IN }} look="primary" className="ml-auto">
            <Plus size={14} aria-hidden /> {t("templates.new")}
          </LinkButton>
        )}
      </PageBar>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-5xl flex-col gap-4 p-4 max-sm:p-3">
          <p className="text-ink-2">
            {t("templates.text")} {t("templates.keepsRuns")}
          </p>
          <Section title={t("templates.title")} flush>
            {templates.isPending ? (
              <LoadingBlock lines={4} />
            ) : templates.isError ? (
              <ErrorState error={templates.error} onRetry={() => void templates.refetch()} />
            ) : (
              <>
                <TemplateTable templates={templates.data.items} mayEdit={mayEdit} />
                {templates.data.items.every((template) => !template.id) && (
                  <p className="border-line border-t px-3.5 py-3 text-ink-2">
                    <span className="font-medium text-ink">{t("templates.none")}.</span>{" "}
                    {t(mayEdit ? "templates.noneHelp" : "templates.readOnly")}
                  </p>
                )}
              </>
            )}
          </Section>
          {templates.data && <ShippedTemplates templates={templates.data.shipped} mayEdit={mayEdit} />}
          <EvaluationTable />
          <RuleList />
        </div>
      </div>
    </>
  );
}

/** The templates that ask a model and come with the program; one's own is made from them. */
function ShippedTemplates({
  templates,
  mayEdit,
}: {
  templates: readonly AnalysisTemplate[];
  mayEdit: boolean;
}) {
  const { t, locale } = useI18n();
  const word = useVocabulary();
  return (
    <Section title={t("templates.shipped")} note={t("templates.shippedNote")} flush>
      <PlainTable
        label={t("templates.shipped")}
        rows={templates}
        keyOf={(template) => template.key ?? template.name}
        columns={[
          {
            key: "name",
            header: t("templates.name"),
            cell: (template) => (
              <>
                <span className="font-medium">{shippedName(template, t)}</span>
                <span className="block text-ink-2 text-xs">{pick(template.description, locale)}</span>
              </>
            ),
          },
          {
            key: "asks",
            wide: true,
            header: t("templates.sections"),
            className: "text-ink-2 text-xs",
            cell: (template) =>
              (template.template.questions?.sections ?? [])
                .map((section) => word("sections", section))
                .join(", "),
          },
          {
            key: "version",
            wide: true,
            header: t("templates.version"),
            align: "right",
            cell: (template) => formatNumber(template.version, locale),
          },
          {
            key: "copy",
            header: <span className="sr-only">{t("templates.duplicate")}</span>,
            align: "right",
            cell: (template) =>
              mayEdit && (
                <LinkButton to="/ai/templates/new" search={{ from: addressOfShipped(template.key ?? "") }}>
                  <Copy size={13} aria-hidden /> {t("templates.duplicate")}
                </LinkButton>
              ),
          },
        ]}
      />
    </Section>
  );
}

function TemplateTable({ templates, mayEdit }: { templates: readonly AnalysisTemplate[]; mayEdit: boolean }) {
  const { t, locale } = useI18n();
  const navigate = useNavigate();
  const mayRun = useMay("run_analysis");
  const remove = useDeleteTemplate();
  return (
    <PlainTable
      label={t("templates.title")}
      rows={templates}
      keyOf={(template) => template.id ?? BUILT_IN}
      columns={[
        {
          key: "name",
          header: t("templates.name"),
          className: "max-w-72",
          cell: (template) => (
            <span className="flex items-center gap-2">
              <Link
                to="/ai/templates/$id"
                params={{ id: template.id ?? BUILT_IN }}
                className="truncate font-medium text-accent hover:underline"
              >
                {templateName(template, t)}
              </Link>
              {!template.id && <Badge>{t("templates.builtInMark")}</Badge>}
            </span>
          ),
        },
        {
          key: "criteria",
          wide: true,
          header: t("templates.sides"),
          className: "min-w-56 text-ink-2",
          cell: (template) =>
            template.template.dimensions
              .map(
                (dimension) => `${dimensionLabel(dimension, t)} ${formatNumber(dimension.weight, locale, 1)}`,
              )
              .join(", "),
        },
        {
          key: "version",
          header: t("templates.version"),
          align: "right",
          cell: (template) => (template.id ? formatNumber(template.version, locale) : MISSING),
        },
        {
          key: "made",
          wide: true,
          header: t("templates.made"),
          className: "whitespace-nowrap text-ink-2",
          cell: (template) =>
            template.made_at ? (
              <span title={formatDateTime(template.made_at)}>{formatAgo(template.made_at, locale)}</span>
            ) : (
              MISSING
            ),
        },
        {
          key: "actions",
          header: <span className="sr-only">{t("templates.actions", { name: "" })}</span>,
          align: "right",
          cell: (template) =>
            (mayEdit || mayRun) && (
              <Menu
                align="end"
                trigger={
                  <IconButton size="sm" label={t("templates.actions", { name: templateName(template, t) })}>
                    <Ellipsis size={14} aria-hidden />
                  </IconButton>
                }
              >
                {mayEdit && (
                  <MenuItem
                    onSelect={() =>
                      void navigate({ to: "/ai/templates/new", search: { from: template.id ?? BUILT_IN } })
                    }
                  >
                    <Copy size={14} aria-hidden /> {t("templates.duplicate")}
                  </MenuItem>
                )}
                {mayRun && (
                  <MenuItem
                    onSelect={() =>
                      void navigate({
                        to: "/ai/runs/new",
                        search: { kind: "analysis", ...(template.id && { template: template.id }) },
                      })
                    }
                  >
                    <Sparkles size={14} aria-hidden /> {t("templates.analyse")}
                  </MenuItem>
                )}
                {mayEdit && template.id && (
                  <MenuItem onSelect={() => remove.mutate(template)}>
                    <Trash2 size={14} aria-hidden /> {t("templates.delete")}
                  </MenuItem>
                )}
              </Menu>
            ),
        },
      ]}
    />
  );
}
