import { useQuery } from "@tanstack/react-query";
import { type FormEvent, type KeyboardEvent, useId, useRef, useState } from "react";
import { useI18n } from "@/shared/i18n/i18n";
import { personName } from "@/shared/people/person-name";
import { peopleQuery } from "@/shared/people/queries";
import { Button } from "@/shared/ui/button";
import { cx } from "@/shared/ui/class-names";
import { SelectField } from "@/shared/ui/field";
import { Segmented } from "@/shared/ui/segmented";
import { ErrorState } from "@/shared/ui/states";
import { callPerson, matching, openMention } from "./mention";
import type { NoteKind } from "./notes-queries";

export type NoteDraft = { body: string; kind: NoteKind; scope: "team" | "private" };

export const EMPTY_NOTE: NoteDraft = { body: "", kind: "note", scope: "team" };

/** Whether two drafts say the same: a kind or a reader that was chosen is nothing to keep without words. */
export function isSameBody(a: NoteDraft, b: NoteDraft): boolean {
  return a.body.trim() === b.body.trim();
}

const KINDS = ["note", "call", "email", "meeting"] as const;

/** Writes a note: its text with calls to colleagues, its kind, and who reads it. Ctrl or Cmd with Enter keeps it. */
export function NoteEditor({
  draft,
  busy,
  error,
  autoFocus = false,
  withScope = true,
  onChange,
  onSave,
  onCancel,
}: {
  draft: NoteDraft;
  busy: boolean;
  error: unknown;
  autoFocus?: boolean;
  withScope?: boolean;
  onChange: (draft: NoteDraft) => void;
  onSave: () => void;
  onCancel?: () => void;
}) {
  const { t } = useI18n();
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const people = useQuery(peopleQuery);
  const [mention, setMention] = useState<ReturnType<typeof openMention>>(null);
  const [active, setActive] = useState(0);
  const others = people.data?.items.filter((person) => !person.is_self) ?? [];
  const offered = mention && draft.scope === "team" ? matching(others, mention.letters) : [];
  const isEmpty = draft.body.trim() === "";

  const choose = (index: number) => {
    const person = offered[index];
    if (!person || !mention) return;
    const called = callPerson(draft.body, mention, person);
    onChange({ ...draft, body: called.text });
    setMention(null);
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(called.caret, called.caret);
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) {
      if (!isEmpty && !busy) onSave();
    } else if (offered.length > 0 && (event.key === "Enter" || event.key === "Tab")) choose(active);
    else if (offered.length > 0 && event.key === "ArrowDown") setActive((active + 1) % offered.length);
    else if (offered.length > 0 && event.key === "ArrowUp")
      setActive((active + offered.length - 1) % offered.length);
    else if (event.key === "Escape" && offered.length > 0) setMention(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isEmpty && !busy) onSave();
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-2">
      <div className="relative">
        <textarea
          ref={field}
          // biome-ignore lint/a11y/noAutofocus: the field is what the person asked for.
          autoFocus={autoFocus}
          rows={3}
          maxLength={20_000}
          value={draft.body}
          aria-label={t("notes.write")}
          placeholder={t("notes.placeholder")}
          aria-autocomplete="list"
          aria-haspopup="listbox"
          aria-controls={offered.length > 0 ? `${id}-people` : undefined}
          aria-activedescendant={offered.length > 0 ? `${id}-${active}` : undefined}
          onKeyDown={onKeyDown}
          onChange={(event) => {
            onChange({ ...draft, body: event.target.value });
            setMention(openMention(event.target.value, event.target.selectionStart));
            setActive(0);
          }}
          onBlur={() => setTimeout(() => setMention(null), 150)}
          className="min-h-16 w-full resize-y rounded-md border border-field bg-surface px-2 py-1.5 text-ink text-sm placeholder:text-ink-3 focus-visible:outline-offset-0"
        />
        {offered.length > 0 && (
          <div
            id={`${id}-people`}
            role="listbox"
            aria-label={t("notes.mention")}
            tabIndex={-1}
            className="popover-in absolute top-full left-0 z-10 min-w-48 rounded-lg bg-raised p-1 shadow-popover"
          >
            {offered.map((person, index) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the field above holds the focus and handles the keys.
              <div
                key={person.id}
                id={`${id}-${index}`}
                role="option"
                tabIndex={-1}
                aria-selected={index === active}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => choose(index)}
                className={cx("flex h-7 items-center rounded-[4px] px-2", index === active && "bg-hover")}
              >
                {personName(person.name, t)}
              </div>
            ))}
          </div>
        )}
      </div>
      {error !== null && error !== undefined && <ErrorState compact error={error} />}
      <div className="flex flex-wrap items-center gap-2">
        <SelectField
          aria-label={t("notes.kind")}
          value={draft.kind}
          onChange={(event) => onChange({ ...draft, kind: event.target.value as NoteKind })}
        >
          {KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {t(`notes.kind.${kind}`)}
            </option>
          ))}
        </SelectField>
        {withScope && (
          <Segmented
            size="sm"
            label={t("notes.scope")}
            value={draft.scope}
            onChange={(scope) => onChange({ ...draft, scope })}
            options={[
              { value: "team", label: t("prospects.scope.team") },
              { value: "private", label: t("prospects.scope.private") },
            ]}
          />
        )}
        <div className="ml-auto flex gap-2">
          {onCancel && <Button onClick={onCancel}>{t("action.cancel")}</Button>}
          <Button type="submit" look="primary" disabled={busy || isEmpty}>
            {t("notes.save")}
          </Button>
        </div>
      </div>
    </form>
  );
}
