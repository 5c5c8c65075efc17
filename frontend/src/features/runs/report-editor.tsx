import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useId, useState } from "react";
import { api, unwrap } from "@/shared/api/client";
import { useI18n } from "@/shared/i18n/i18n";
import { Button } from "@/shared/ui/button";
import { SelectField } from "@/shared/ui/field";
import { newId } from "@/shared/ui/new-id";
import { ErrorState, LoadingBlock } from "@/shared/ui/states";
import { showFailure, showToast } from "@/shared/ui/toast-store";
import { useVocabulary, vocabularyQuery } from "./model-queries";
import { draftOf, editsOf, type PartDraft, type ReportDraft, type SentenceDraft } from "./report-edits";
import { partName } from "./report-parts";
import type { Report } from "./run-queries";

type Props = {
  runId: string;
  orgnr: string;
  /** The version that the form is made from. */
  version: number;
  report: Report;
  onDone: () => void;
};

/** The report as a form: sentences, recommendation and levers. What a person writes is kept as theirs. */
export function ReportEditor(props: Props) {
  const vocabulary = useQuery(vocabularyQuery);
  if (vocabulary.isPending) return <LoadingBlock lines={6} className="p-0" />;
  if (vocabulary.isError)
    return <ErrorState compact error={vocabulary.error} onRetry={() => void vocabulary.refetch()} />;
  return <Form {...props} vocabulary={vocabulary.data} />;
}

type Words = readonly { key: string }[];

function Form({
  runId,
  orgnr,
  version,
  report,
  onDone,
  vocabulary,
}: Props & { vocabulary: { sections: Words; levers: Words; recommendations: Words } }) {
  const { t } = useI18n();
  const word = useVocabulary();
  const queries = useQueryClient();
  const advice = useId();
  const [draft, setDraft] = useState<ReportDraft>(() =>
    draftOf(
      report,
      vocabulary.sections.map((section) => section.key),
    ),
  );
  const edits = editsOf(report, draft);
  const params = { path: { id: runId, orgnr } };
  const refresh = () => queries.invalidateQueries({ queryKey: ["run", runId] });
  const save = useMutation({
    mutationFn: () =>
      unwrap(
        api.PATCH("/api/analysis/runs/{id}/companies/{orgnr}/report", { params, body: { version, edits } }),
      ),
    onSuccess: async (changed) => {
      await refresh();
      onDone();
      showToast({
        text: { key: "ai.edit.saved" },
        undo: async () => {
          await unwrap(
            api.POST("/api/analysis/runs/{id}/companies/{orgnr}/report/undo", {
              params,
              body: { version: changed.version, undone: changed.version },
            }),
          );
          await refresh();
        },
      });
    },
    onError: (error) => showFailure("ai.edit.failed", error),
  });
  const setPart = (changed: PartDraft) =>
    setDraft({ ...draft, parts: draft.parts.map((part) => (part.part === changed.part ? changed : part)) });
  return (
    <form
      aria-label={t("ai.edit")}
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <p className="text-ink-2 text-xs">{t("ai.edit.help")}</p>
      <div className="flex items-center gap-2 text-sm">
        <label htmlFor={advice}>{t("ai.recommendation")}</label>
        <SelectField
          id={advice}
          value={draft.recommendation}
          onChange={(event) => setDraft({ ...draft, recommendation: event.target.value })}
        >
          {!report.recommendation && <option value="">–</option>}
          {vocabulary.recommendations.map(({ key }) => (
            <option key={key} value={key}>
              {word("recommendations", key)}
            </option>
          ))}
        </SelectField>
      </div>
      <fieldset>
        <legend className="eyebrow mb-1">{t("ai.levers")}</legend>
        <div className="grid grid-cols-2 gap-x-4 gap-y-1 sm:grid-cols-3">
          {vocabulary.levers.map(({ key }) => (
            <label key={key} className="flex items-center gap-1.5 text-sm">
              <input
                type="checkbox"
                checked={draft.levers.includes(key)}
                onChange={(event) =>
                  setDraft({
                    ...draft,
                    levers: vocabulary.levers
                      .map((lever) => lever.key)
                      .filter((one) => (one === key ? event.target.checked : draft.levers.includes(one))),
                  })
                }
              />
              {word("levers", key)}
            </label>
          ))}
        </div>
      </fieldset>
      {draft.parts.map((part) => (
        <PartFields key={part.part} part={part} name={partName(part.part, word, t)} onChange={setPart} />
      ))}
      <div className="sticky bottom-0 flex items-center justify-end gap-2 border-line border-t bg-surface py-2">
        <span aria-live="polite" className="mr-auto text-ink-2 text-xs">
          {edits.length > 0 && t("ai.edit.count", { count: edits.length })}
        </span>
        <Button onClick={onDone}>{t("ai.edit.discard")}</Button>
        <Button type="submit" look="primary" disabled={edits.length === 0 || save.isPending}>
          {t("ai.edit.save")}
        </Button>
      </div>
    </form>
  );
}

function PartFields({
  part,
  name,
  onChange,
}: {
  part: PartDraft;
  name: string;
  onChange: (part: PartDraft) => void;
}) {
  const { t } = useI18n();
  const write = (all: readonly SentenceDraft[], id: string, text: string) =>
    all.map((one) => (one.id === id ? { ...one, text } : one));
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="eyebrow mb-1">{name}</legend>
      {part.sentences.map((one, index) => (
        <Sentence
          key={one.id}
          sentence={one}
          label={t("ai.edit.sentence", { name, number: index + 1 })}
          onChange={(text) => onChange({ ...part, sentences: write(part.sentences, one.id, text) })}
        />
      ))}
      {part.people.map((one, index) => (
        <Sentence
          key={one.id}
          isNew={one.index === null}
          sentence={one}
          label={t("ai.edit.people", { name, number: index + 1 })}
          onChange={(text) => onChange({ ...part, people: write(part.people, one.id, text) })}
        />
      ))}
      <div>
        <Button
          size="sm"
          look="ghost"
          aria-label={t("ai.edit.addTo", { name })}
          onClick={() =>
            onChange({ ...part, people: [...part.people, { id: newId(), index: null, kept: "", text: "" }] })
          }
        >
          <Plus size={13} aria-hidden /> {t("ai.edit.add")}
        </Button>
      </div>
    </fieldset>
  );
}

function Sentence({
  sentence,
  label,
  onChange,
  isNew = false,
}: {
  sentence: SentenceDraft;
  label: string;
  onChange: (text: string) => void;
  isNew?: boolean;
}) {
  return (
    <textarea
      aria-label={label}
      // biome-ignore lint/a11y/noAutofocus: whoever adds a sentence writes it.
      autoFocus={isNew}
      rows={Math.min(6, Math.max(1, Math.ceil(sentence.text.length / 90)))}
      maxLength={1000}
      value={sentence.text}
      onChange={(event) => onChange(event.target.value)}
      className="w-full rounded-md border border-field bg-surface px-2 py-1 text-sm"
    />
  );
}
