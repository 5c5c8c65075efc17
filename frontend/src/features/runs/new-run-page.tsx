import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useId, useState } from "react";
import { useI18n } from "@/shared/i18n/i18n";
import { listsQuery } from "@/shared/lists/queries";
import { SelectField, TextField } from "@/shared/ui/field";
import { PageBar, Section } from "@/shared/ui/section";
import { Segmented } from "@/shared/ui/segmented";
import { BackLink } from "./back-link";
import { RunForm } from "./run-form";
import type { RunSelection } from "./start-run";

const route = getRouteApi("/ai/runs/new");

/** A new run over a list or a screen. */
export function NewRunPage() {
  const { t } = useI18n();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [type, setType] = useState<"list" | "screen">(search.filter || search.q ? "screen" : "list");
  const [list, setList] = useState(search.list ?? "");
  const [text, setText] = useState(search.filter ?? "");
  const [words, setWords] = useState(search.q ?? "");
  const lists = useQuery(listsQuery);
  const listField = useId();
  const filterField = useId();
  const wordsField = useId();
  const selection: RunSelection = type === "list" ? { type, id: list } : { type, text, q: words };
  return (
    <>
      <PageBar title={t("runs.new")} lead={<BackLink to="/ai/runs" label={t("runs.back")} />} />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto max-w-2xl p-4 max-sm:p-3">
          <Section title={t("runs.new")}>
            <RunForm
              selection={selection}
              {...(search.kind && { kind: search.kind })}
              {...(search.template && { template: search.template })}
              onStarted={(id) => void navigate({ to: "/ai/runs/$id", params: { id } })}
            >
              <fieldset className="flex flex-col gap-2">
                <legend className="eyebrow mb-1">{t("runs.which")}</legend>
                <Segmented
                  label={t("runs.which")}
                  value={type}
                  options={[
                    { value: "list", label: t("runs.which.list") },
                    { value: "screen", label: t("runs.which.screen") },
                  ]}
                  onChange={setType}
                />
                {type === "list" ? (
                  lists.data?.items.length === 0 ? (
                    <p className="text-ink-2 text-xs">{t("runs.noLists")}</p>
                  ) : (
                    <SelectField
                      id={listField}
                      aria-label={t("runs.chooseList")}
                      value={list}
                      onChange={(event) => setList(event.target.value)}
                    >
                      <option value="">{t("runs.chooseList")}</option>
                      {lists.data?.items.map((one) => (
                        <option key={one.id} value={one.id}>
                          {one.name} ({one.item_count})
                        </option>
                      ))}
                    </SelectField>
                  )
                ) : (
                  <div>
                    <label htmlFor={filterField} className="sr-only">
                      {t("runs.filterText")}
                    </label>
                    <TextField
                      id={filterField}
                      value={text}
                      onChange={(event) => setText(event.target.value)}
                      spellCheck={false}
                      className="w-full font-mono"
                    />
                    <p className="mt-1 text-ink-3 text-xs">{t("runs.filterHelp")}</p>
                    {search.q && (
                      <label htmlFor={wordsField} className="mt-2 block text-ink-2 text-xs">
                        {t("runs.words")}
                        <TextField
                          id={wordsField}
                          value={words}
                          onChange={(event) => setWords(event.target.value)}
                          className="mt-1 w-full"
                        />
                      </label>
                    )}
                  </div>
                )}
              </fieldset>
            </RunForm>
          </Section>
        </div>
      </div>
    </>
  );
}
