import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { pick, useI18n } from "@/shared/i18n/i18n";
import { TextField } from "@/shared/ui/field";
import { Section } from "@/shared/ui/section";
import { vocabularyQuery } from "./model-queries";
import type { QuestionsDraft } from "./template-draft";
import { TemplateVariables } from "./template-variables";

/** What a template asks at first, once it is to ask a model. */
const AT_FIRST: QuestionsDraft = {
  sections: ["business_model", "strengths", "weaknesses", "risks"],
  levers: true,
  fit: true,
  open_questions: true,
  instructions: "",
  variables: {},
  tokens: "2000",
};

const PARTS = ["levers", "fit", "open_questions"] as const;

/** What a model is asked of a company beside the criteria; a template without is for rules alone. */
export function TemplateQuestions({
  questions,
  faults,
  isReadOnly,
  onChange,
}: {
  questions: QuestionsDraft | null;
  faults: ReadonlyMap<string, string>;
  isReadOnly: boolean;
  onChange: (questions: QuestionsDraft | null) => void;
}) {
  const { t, locale } = useI18n();
  const id = useId();
  const vocabulary = useQuery(vocabularyQuery);
  if (isReadOnly && !questions) return null;
  const fault = (place: string) => {
    const words = faults.get(`/questions/${place}`);
    return words ? (
      <p id={`${id}-${place}-fault`} className="mt-0.5 text-bad text-xs">
        {words}
      </p>
    ) : null;
  };
  const state = (place: string) => ({
    "aria-invalid": faults.has(`/questions/${place}`),
    "aria-describedby": faults.has(`/questions/${place}`) ? `${id}-${place}-fault` : undefined,
  });
  return (
    <Section title={t("templates.questions")} note={t("templates.questionsNote")}>
      <label className="flex items-center gap-2">
        <input
          type="checkbox"
          checked={questions !== null}
          disabled={isReadOnly}
          onChange={(event) => onChange(event.target.checked ? AT_FIRST : null)}
        />
        {t("templates.asksModel")}
      </label>
      {questions && (
        <div className="mt-3 flex flex-col gap-3">
          <fieldset disabled={isReadOnly}>
            <legend className="eyebrow mb-1">{t("templates.sections")}</legend>
            <div className="flex flex-wrap gap-x-5 gap-y-1">
              {(vocabulary.data?.sections ?? []).map((section) => (
                <label key={section.key} className="flex items-center gap-1.5">
                  <input
                    type="checkbox"
                    checked={questions.sections.includes(section.key)}
                    onChange={(event) =>
                      onChange({
                        ...questions,
                        sections: event.target.checked
                          ? [...questions.sections, section.key]
                          : questions.sections.filter((one) => one !== section.key),
                      })
                    }
                  />
                  {pick(section.label, locale)}
                </label>
              ))}
            </div>
            {fault("sections")}
          </fieldset>
          <fieldset disabled={isReadOnly} className="flex flex-wrap gap-x-5 gap-y-1">
            <legend className="eyebrow mb-1">{t("templates.also")}</legend>
            {PARTS.map((part) => (
              <label key={part} className="flex items-center gap-1.5">
                <input
                  type="checkbox"
                  checked={questions[part] ?? false}
                  onChange={(event) => onChange({ ...questions, [part]: event.target.checked })}
                />
                {t(`templates.also.${part}`)}
              </label>
            ))}
          </fieldset>
          <div>
            <label htmlFor={`${id}-words`} className="eyebrow mb-1 block">
              {t("templates.instructions")}
            </label>
            <textarea
              id={`${id}-words`}
              rows={4}
              maxLength={8000}
              readOnly={isReadOnly}
              value={questions.instructions ?? ""}
              {...state("instructions")}
              onChange={(event) => onChange({ ...questions, instructions: event.target.value })}
              className="w-full rounded-md border border-field bg-surface px-2 py-1.5 text-sm read-only:bg-sunken"
            />
            <p className="text-ink-3 text-xs">{t("templates.instructionsHelp")}</p>
            {fault("instructions")}
          </div>
          <TemplateVariables
            instructions={questions.instructions ?? ""}
            variables={questions.variables ?? {}}
            isReadOnly={isReadOnly}
            onChange={(variables) => onChange({ ...questions, variables })}
          />
          <div>
            <label htmlFor={`${id}-tokens`} className="eyebrow mb-1 block">
              {t("templates.tokens")}
            </label>
            <TextField
              id={`${id}-tokens`}
              inputMode="numeric"
              readOnly={isReadOnly}
              value={questions.tokens}
              {...state("max_output_tokens")}
              onChange={(event) => onChange({ ...questions, tokens: event.target.value })}
              className="w-28 read-only:bg-sunken"
            />
            {fault("max_output_tokens")}
          </div>
        </div>
      )}
    </Section>
  );
}
