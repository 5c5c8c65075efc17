import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useBlocker, useNavigate } from "@tanstack/react-router";
import { Copy, Sparkles } from "lucide-react";
import { useRef, useState } from "react";
import { api, unwrap } from "@/shared/api/client";
import { asApiError } from "@/shared/api/problem";
import { useMay } from "@/shared/auth/me";
import { formatDateTime } from "@/shared/format/date";
import { useI18n } from "@/shared/i18n/i18n";
import { Badge } from "@/shared/ui/badge";
import { Button } from "@/shared/ui/button";
import { ConfirmDialog } from "@/shared/ui/confirm-dialog";
import { SelectField } from "@/shared/ui/field";
import { LinkButton } from "@/shared/ui/link-button";
import { PageBar } from "@/shared/ui/section";
import { ErrorState } from "@/shared/ui/states";
import { showToast } from "@/shared/ui/toast-store";
import { BackLink } from "./back-link";
import { type AnalysisTemplate, templateQuery, templatesQuery } from "./run-queries";
import { useRestoreTemplate } from "./template-deletion";
import {
  bodyOf,
  draftOf,
  faultsOf,
  isSameDraft,
  type NumberStyle,
  type TemplateDraft,
} from "./template-draft";
import { TemplateForm } from "./template-form";
import { BUILT_IN, dimensionLabel } from "./template-labels";

/** The server's pointers name the body that was sent; the form knows the template alone. */
const placeOf = (pointer: string) => pointer.replace(/^\/template/, "");

/** The form with what surrounds it: version, saving, and what happens when one leaves or somebody else was faster. */
export function TemplateEditor({
  kept,
  start,
  style,
}: {
  /** The template that is changed; null where a new one is made. */
  kept: AnalysisTemplate | null;
  start: TemplateDraft;
  style: NumberStyle;
}) {
  const { t } = useI18n();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const mayEdit = useMay("edit_work");
  const mayRun = useMay("run_analysis");
  const [base, setBase] = useState({ template: kept, draft: start });
  const [draft, setDraft] = useState(start);
  const [wasTried, setTried] = useState(false);
  const [newer, setNewer] = useState<AnalysisTemplate | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const isSaved = useRef(false);
  const words = (dimension: { key: string; label?: string | null }) => dimensionLabel(dimension, t);
  const { template } = base;
  const isBuiltIn = template !== null && !template.id;
  const isOld = template !== null && template.version < template.newest_version;
  const isDeleted = template !== null && typeof template.deleted_at === "string";
  const isPast = isOld || isDeleted;
  const isReadOnly = !mayEdit || isBuiltIn || isPast;
  const isDirty = !isReadOnly && (template === null || !isSameDraft(draft, base.draft));
  // A copy that nobody has touched is nothing to lose.
  const isAtRisk = isDirty && !isSameDraft(draft, base.draft);
  const blocker = useBlocker({
    shouldBlockFn: () => isAtRisk && !isSaved.current,
    enableBeforeUnload: () => isAtRisk && !isSaved.current,
    withResolver: true,
  });

  const save = useMutation({
    mutationFn: (version: number | null) => {
      const body = { name: draft.name.trim(), template: bodyOf(draft, style, words) };
      if (!template?.id) return unwrap(api.POST("/api/analysis/templates", { body }));
      return unwrap(
        api.PUT("/api/analysis/templates/{id}", {
          params: { path: { id: template.id } },
          body: { ...body, version },
        }),
      );
    },
    onSuccess: async (saved) => {
      isSaved.current = true;
      setNewer(null);
      await queries.invalidateQueries({ queryKey: templatesQuery.queryKey });
      if (!template?.id) {
        showToast({ text: { key: "templates.created" } });
        await navigate({ to: "/ai/templates/$id", params: { id: saved.id ?? BUILT_IN }, replace: true });
        return;
      }
      showToast({ text: { key: "templates.saved", values: { version: saved.version } } });
      take(saved);
      isSaved.current = false;
    },
    onError: async (error) => {
      if (asApiError(error).status !== 409 || !template) return;
      setNewer(
        await queries.fetchQuery({ ...templateQuery(template.id ?? ""), staleTime: 0 }).catch(() => null),
      );
    },
  });

  /** Goes on from what the server keeps. */
  const take = (now: AnalysisTemplate) => {
    const next = draftOf(now.name, now.template, style, words);
    setBase({ template: now, draft: next });
    setDraft(next);
    setNewer(null);
    setTried(false);
    save.reset();
  };

  const own = faultsOf(draft);
  const problem = save.error ? asApiError(save.error) : null;
  const theirs = problem?.faults.map((fault) => [placeOf(fault.pointer), fault.message] as const) ?? [];
  const faults = new Map([
    ...theirs,
    ...(wasTried ? [...own].map(([place, key]) => [place, t(key)] as const) : []),
  ]);

  const submit = (version: number | null) => {
    setTried(true);
    if (own.size > 0) {
      // After the next paint, when the fields know that they are faulty.
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
      return;
    }
    save.mutate(version);
  };

  const change = (next: TemplateDraft) => {
    setDraft(next);
    if (save.isError && !newer) save.reset();
  };

  return (
    <>
      <PageBar
        title={draft.name.trim() || t("templates.new")}
        lead={<BackLink to="/ai/templates" label={t("templates.back")} />}
      >
        {isBuiltIn ? (
          <Badge>{t("templates.builtInMark")}</Badge>
        ) : template ? (
          <span className="tabular flex items-center gap-1.5 text-ink-2 text-xs">
            <Versions template={template} /> · {formatDateTime(template.made_at)}
            {isDeleted && <Badge tone="bad">{t("templates.deletedMark")}</Badge>}
          </span>
        ) : (
          <Badge tone="warn">{t("templates.isNew")}</Badge>
        )}
        <div className="ml-auto flex flex-wrap items-center gap-2">
          {template && mayEdit && !isPast && (
            <LinkButton
              look={isBuiltIn ? "primary" : "plain"}
              to="/ai/templates/new"
              search={{ from: template.id ?? BUILT_IN }}
            >
              <Copy size={13} aria-hidden /> {t("templates.duplicate")}
            </LinkButton>
          )}
          {template && mayRun && !isPast && (
            <LinkButton
              to="/ai/runs/new"
              search={{ kind: "analysis", ...(template.id && { template: template.id }) }}
            >
              <Sparkles size={13} aria-hidden /> {t("templates.analyse")}
            </LinkButton>
          )}
          {!isReadOnly && (
            <>
              {template && isDirty && (
                <Button onClick={() => take(template)} disabled={save.isPending}>
                  {t("templates.discard")}
                </Button>
              )}
              <Button
                look="primary"
                disabled={!isDirty || save.isPending || newer !== null}
                onClick={() => submit(template?.version ?? null)}
              >
                {template
                  ? t("templates.saveVersion", { version: template.version + 1 })
                  : t("templates.save")}
              </Button>
            </>
          )}
        </div>
      </PageBar>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-4xl flex-col gap-4 p-4 max-sm:p-3">
          {template && isDeleted ? (
            <DeletedNote template={template} mayEdit={mayEdit} />
          ) : template && isOld ? (
            <p className="text-ink-2">{t("templates.oldNote", { newest: template.newest_version })}</p>
          ) : (
            isReadOnly && (
              <p className="text-ink-2">{t(mayEdit ? "templates.builtInNote" : "templates.readOnly")}</p>
            )
          )}
          {newer && template ? (
            <div role="alert" className="panel flex flex-wrap items-center gap-3 bg-warn-soft p-3.5">
              <div className="min-w-64 flex-1">
                <p className="font-medium">{t("templates.changed", { version: newer.version })}</p>
                <p className="text-ink-2">{t("templates.changedText")}</p>
              </div>
              <Button onClick={() => take(newer)}>{t("templates.load", { version: newer.version })}</Button>
              <Button look="primary" disabled={save.isPending} onClick={() => submit(newer.version)}>
                {t("templates.saveVersion", { version: newer.version + 1 })}
              </Button>
            </div>
          ) : (
            problem && theirs.length === 0 && <ErrorState compact error={save.error} />
          )}
          {faults.size > 0 && (
            <p role="alert" className="text-bad">
              {t("templates.faults", { count: faults.size })}
            </p>
          )}
          <form
            ref={form}
            onSubmit={(event) => {
              event.preventDefault();
              if (isDirty && !save.isPending && !newer) submit(template?.version ?? null);
            }}
          >
            <TemplateForm
              draft={draft}
              faults={faults}
              fields={style.fields}
              unit={style.unit}
              isReadOnly={isReadOnly}
              onChange={change}
            />
            {/* Enter in a field saves, as the button above does. */}
            <input type="submit" hidden />
          </form>
        </div>
      </div>
      {blocker.status === "blocked" && (
        <ConfirmDialog
          title={t("templates.unsaved")}
          text={t("templates.unsavedText")}
          action={t("templates.leave")}
          onConfirm={blocker.proceed}
          onClose={blocker.reset}
        />
      )}
    </>
  );
}

/** The version that is shown, and a way to the others. */
function Versions({ template }: { template: AnalysisTemplate }) {
  const { t } = useI18n();
  const navigate = useNavigate();
  const id = template.id ?? BUILT_IN;
  if (template.newest_version === 1) return t("templates.versionOf", { version: 1 });
  const versions = Array.from(
    { length: template.newest_version },
    (_, index) => template.newest_version - index,
  );
  return (
    <SelectField
      aria-label={t("templates.version")}
      value={template.version}
      onChange={(event) => {
        const version = Number(event.target.value);
        void navigate({
          to: "/ai/templates/$id",
          params: { id },
          search: version === template.newest_version ? {} : { version },
        });
      }}
    >
      {versions.map((version) => (
        <option key={version} value={version}>
          {t("templates.versionOf", { version })}
        </option>
      ))}
    </SelectField>
  );
}

function DeletedNote({ template, mayEdit }: { template: AnalysisTemplate; mayEdit: boolean }) {
  const { t } = useI18n();
  const restore = useRestoreTemplate();
  return (
    <div className="panel flex flex-wrap items-center gap-3 bg-warn-soft p-3.5">
      <p className="min-w-64 flex-1">{t("templates.deletedNote")}</p>
      {mayEdit && template.id && (
        <Button
          look="primary"
          disabled={restore.isPending}
          onClick={() => template.id && restore.mutate(template.id)}
        >
          {t("templates.restore")}
        </Button>
      )}
    </div>
  );
}
