import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import { api, type Posted, unwrap } from "@/shared/api/client";
import { asApiError } from "@/shared/api/problem";
import type { FieldMap } from "@/shared/catalogue/fields";
import { describeNode } from "@/shared/filter/describe";
import type { ValueStyle } from "@/shared/format/field-value";
import { pick, useI18n } from "@/shared/i18n/i18n";
import type { Locale } from "@/shared/preferences/preferences";
import { Button } from "@/shared/ui/button";
import { printSort } from "./search-params";

export type AskAnswer = Posted<"/api/ai-filter">;

const askQuery = (text: string, language: Locale) =>
  queryOptions({
    queryKey: ["universe", "ask", text, language],
    queryFn: ({ signal }) => unwrap(api.POST("/api/ai-filter", { body: { text, language }, signal })),
    staleTime: 60_000,
    retry: false,
  });

/** What the screen becomes: the filter in place of the one before, and the order where one was asked for. */
export type Asked = { ask: string; f: string | undefined; sort?: string };

/**
 * A sentence in place of a filter. Enter turns it into chips, which are edited like any others; below the box the sentence
 * stands again with every phrase that became a condition, and with the words that became nothing marked.
 */
export function AskBox({
  sentence,
  filter,
  fields,
  style,
  onAsk,
}: {
  /** The sentence that the address keeps. */
  sentence: string | undefined;
  /** The filter as it is now; it may have been changed since the sentence was read. */
  filter: string | undefined;
  fields: FieldMap;
  style: ValueStyle;
  onAsk: (asked: Asked) => void;
}) {
  const { t, locale } = useI18n();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const queries = useQueryClient();
  const [draft, setDraft] = useState(sentence ?? "");
  const [asking, setAsking] = useState(false);
  const [failed, setFailed] = useState<unknown>(null);
  useEffect(() => setDraft(sentence ?? ""), [sentence]);
  useEffect(() => input.current?.focus(), []);
  const read = useQuery({ ...askQuery(sentence ?? "", locale), enabled: Boolean(sentence) });

  const ask = async (event: FormEvent) => {
    event.preventDefault();
    const text = draft.trim();
    if (text === "" || asking) return;
    setAsking(true);
    setFailed(null);
    try {
      const answer = await queries.fetchQuery(askQuery(text, locale));
      // What says nothing at all changes nothing on the screen but the explanation.
      const says = answer.explanation.length > 0;
      onAsk({
        ask: text,
        f: says ? answer.text || undefined : filter,
        ...(answer.sort && {
          sort: printSort([{ by: answer.sort.by, dir: answer.sort.dir === "asc" ? "asc" : "desc" }]),
        }),
      });
    } catch (error) {
      setFailed(error);
    } finally {
      setAsking(false);
    }
  };

  const error = failed ?? read.error;
  const answer = read.data;
  return (
    <section aria-label={t("universe.ask.open")} className="flex min-w-0 flex-col gap-1.5">
      <form onSubmit={(event) => void ask(event)} className="flex items-center gap-2">
        <input
          ref={input}
          aria-label={t("universe.ask.label")}
          aria-describedby={`${id}-help`}
          autoComplete="off"
          maxLength={1000}
          placeholder={t("universe.ask.placeholder")}
          value={draft}
          onChange={(event) => setDraft(event.target.value)}
          className="h-7 min-w-0 flex-1 rounded-md border border-field bg-surface px-2.5 text-xs placeholder:text-ink-3"
        />
        <Button type="submit" size="sm" className="h-7" disabled={draft.trim() === "" || asking}>
          {t("universe.ask.do")}
        </Button>
      </form>
      <div id={`${id}-help`} aria-live="polite" className="text-2xs">
        {error ? (
          <span role="alert" className="text-bad">
            {asApiError(error).faults[0]?.message ?? asApiError(error).title}
          </span>
        ) : answer && sentence ? (
          <Explanation sentence={sentence} answer={answer} filter={filter} fields={fields} style={style} />
        ) : (
          <span className="text-ink-3">{t("universe.ask.help")}</span>
        )}
      </div>
    </section>
  );
}

/** One run of the sentence. */
export type Run = { words: string; kind: "plain" | "read" | "unread"; note: string };

/** The sentence cut where its phrases begin and end; what lies between them is plain. */
export function runsOf(
  sentence: string,
  marks: readonly { start: number; length: number; kind: "read" | "unread"; note: string }[],
): readonly Run[] {
  const runs: Run[] = [];
  let at = 0;
  for (const mark of [...marks].sort((a, b) => a.start - b.start)) {
    if (mark.start < at) continue;
    if (mark.start > at) runs.push({ words: sentence.slice(at, mark.start), kind: "plain", note: "" });
    at = mark.start + mark.length;
    runs.push({ words: sentence.slice(mark.start, at), kind: mark.kind, note: mark.note });
  }
  if (at < sentence.length) runs.push({ words: sentence.slice(at), kind: "plain", note: "" });
  return runs;
}

function Explanation({
  sentence,
  answer,
  filter,
  fields,
  style,
}: {
  sentence: string;
  answer: AskAnswer;
  filter: string | undefined;
  fields: FieldMap;
  style: ValueStyle;
}) {
  const { t, locale } = style;
  const means = (phrase: AskAnswer["explanation"][number]): string => {
    if (phrase.condition) return describeNode(phrase.condition.filter, fields, style);
    const by = pick(fields.get(phrase.sort?.by ?? "")?.label, locale) || phrase.sort?.by;
    return t(phrase.sort?.dir === "asc" ? "universe.ask.ascending" : "universe.ask.descending", {
      field: by ?? "",
    });
  };
  const read = answer.explanation.map((phrase) => ({
    ...phrase,
    kind: "read" as const,
    note: means(phrase),
  }));
  const unread = answer.not_understood.map((words) => ({
    ...words,
    kind: "unread" as const,
    note: pick(words.label, locale),
  }));
  const changed = answer.explanation.length > 0 && (filter ?? "") !== answer.text;
  return (
    <div className="flex flex-col gap-1 text-ink-2">
      <p className="text-xs">
        {runsOf(sentence, [...read, ...unread]).map((run, index) =>
          run.kind === "plain" ? (
            run.words
          ) : (
            <mark
              // biome-ignore lint/suspicious/noArrayIndexKey: a run is known by its place in the sentence.
              key={index}
              title={run.note}
              className={
                run.kind === "read"
                  ? "rounded-sm bg-selected px-0.5 text-ink"
                  : "rounded-sm bg-warn-soft px-0.5 text-warn underline decoration-wavy underline-offset-2"
              }
            >
              {run.words}
            </mark>
          ),
        )}
      </p>
      {read.length > 0 && (
        <dl className="flex flex-wrap gap-x-4 gap-y-0.5">
          {read.map((phrase) => (
            <div key={phrase.start} className="flex min-w-0 gap-1">
              <dt className="truncate text-ink-3">“{phrase.words}”</dt>
              <dd className="font-medium text-ink">→ {phrase.note}</dd>
            </div>
          ))}
        </dl>
      )}
      {unread.length > 0 && (
        <dl className="flex flex-wrap gap-x-4 gap-y-0.5" aria-label={t("universe.ask.unread")}>
          <span className="font-medium text-warn">{t("universe.ask.unread")}:</span>
          {unread.map((words) => (
            <div key={words.start} className="flex min-w-0 gap-1">
              <dt className="text-warn">“{words.words}”</dt>
              <dd>{words.note}</dd>
            </div>
          ))}
        </dl>
      )}
      {changed && <p className="text-ink-3">{t("universe.ask.changed")}</p>}
      <p className="text-ink-3">{t("universe.ask.rules")}</p>
    </div>
  );
}
