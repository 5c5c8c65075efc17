import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { api, unwrap } from "@/shared/api/client";
import type { ApiError } from "@/shared/api/problem";
import type { FieldMap } from "@/shared/catalogue/fields";
import { pick, useI18n } from "@/shared/i18n/i18n";
import { Button } from "@/shared/ui/button";
import { cx } from "@/shared/ui/class-names";
import { useDelayed } from "@/shared/ui/use-delayed";
import { FilterFault } from "./filter-fault";

/** The filter in the filter language, with completion by the server. Enter applies; the chips then show the same. */
export function TextFilter({
  text,
  fields,
  error,
  pending,
  onApply,
}: {
  text: string;
  fields: FieldMap;
  error: ApiError | null;
  pending: boolean;
  onApply: (text: string | undefined) => void;
}) {
  const { t, locale } = useI18n();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [draft, setDraft] = useState(text);
  const [cursor, setCursor] = useState(text.length);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  useEffect(() => setDraft(text), [text]);

  const asked = useDelayed(`${cursor}\n${draft}`, 60);
  const split = asked.indexOf("\n");
  const completion = useQuery({
    queryKey: ["universe", "complete", asked],
    queryFn: ({ signal }) =>
      unwrap(
        api.POST("/api/universe/complete", {
          body: { text: asked.slice(split + 1), cursor: Number(asked.slice(0, split)), limit: 12 },
          signal,
        }),
      ),
    enabled: open,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const current = asked === `${cursor}\n${draft}` ? completion.data : undefined;
  const candidates = open ? (current?.candidates ?? []) : [];
  const chosen = Math.min(active, candidates.length - 1);

  const take = (insert: string) => {
    if (!current) return;
    const next = `${draft.slice(0, current.from)}${insert}${insert.endsWith(" ") ? "" : " "}${draft.slice(current.to)}`;
    const position = current.from + insert.length + (insert.endsWith(" ") ? 0 : 1);
    setDraft(next);
    setCursor(position);
    setActive(0);
    requestAnimationFrame(() => input.current?.setSelectionRange(position, position));
  };

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === " " && event.ctrlKey) {
      event.preventDefault();
      setOpen(true);
    } else if (event.key === "ArrowDown" && candidates.length > 0) {
      event.preventDefault();
      setActive((chosen + 1) % candidates.length);
    } else if (event.key === "ArrowUp" && candidates.length > 0) {
      event.preventDefault();
      setActive((chosen - 1 + candidates.length) % candidates.length);
    } else if (event.key === "Tab" && !event.shiftKey && candidates[chosen]) {
      event.preventDefault();
      take(candidates[chosen].insert);
    } else if (event.key === "Enter") {
      event.preventDefault();
      setOpen(false);
      onApply(draft.trim() || undefined);
    } else if (event.key === "Escape" && open) {
      event.stopPropagation();
      setOpen(false);
    }
  };

  const applied = draft.trim() === text.trim();
  return (
    <div className="relative min-w-0 flex-1">
      <div className="flex items-center gap-2">
        <input
          ref={input}
          role="combobox"
          aria-label={t("universe.text.label")}
          aria-expanded={candidates.length > 0}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={candidates[chosen] ? `${id}-${chosen}` : undefined}
          aria-invalid={error !== null && applied}
          aria-describedby={`${id}-help`}
          spellCheck={false}
          autoComplete="off"
          placeholder={t("universe.text.placeholder")}
          value={draft}
          onChange={(event) => {
            setDraft(event.target.value);
            setCursor(event.target.selectionStart ?? event.target.value.length);
            setOpen(true);
            setActive(0);
          }}
          onSelect={(event) => setCursor(event.currentTarget.selectionStart ?? 0)}
          onBlur={() => setOpen(false)}
          onKeyDown={onKeyDown}
          className="h-7 min-w-0 flex-1 rounded-md border border-field bg-surface px-2.5 font-mono text-xs placeholder:text-ink-3 aria-[invalid=true]:border-bad"
        />
        <Button
          size="sm"
          disabled={applied && !error}
          onClick={() => onApply(draft.trim() || undefined)}
          className="h-7"
        >
          {t("action.apply")}
        </Button>
      </div>
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label={t("universe.text.label")}
        hidden={candidates.length === 0}
        className="absolute top-8 left-0 z-30 max-h-72 w-[26rem] max-w-full overflow-y-auto rounded-lg bg-raised p-1 shadow-popover"
      >
        {candidates.map((candidate, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the box above holds the focus and handles the keys.
          <div
            key={candidate.kind + candidate.insert}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === chosen}
            onMouseDown={(event) => event.preventDefault()}
            onMouseMove={() => setActive(index)}
            onClick={() => take(candidate.insert)}
            className={cx(
              "flex min-h-7 items-center gap-3 rounded-[4px] px-2",
              index === chosen && "bg-hover",
            )}
          >
            <code className="font-mono text-xs">{candidate.insert.trim()}</code>
            {candidate.label && (
              <span className="ml-auto truncate text-ink-2 text-xs">{pick(candidate.label, locale)}</span>
            )}
          </div>
        ))}
      </div>
      <div id={`${id}-help`} className="mt-1 text-2xs" aria-live="polite">
        {error && applied ? (
          <FilterFault error={error} text={text} fields={fields} onApply={onApply} />
        ) : (
          <span className="text-ink-3">{pending ? t("state.loading") : t("universe.text.help")}</span>
        )}
      </div>
    </div>
  );
}
