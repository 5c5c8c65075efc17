import { useEffect, useId, useRef } from "react";
import { useI18n } from "@/shared/i18n/i18n";
import { isTyping } from "@/shared/keyboard/shortcuts";
import { Kbd } from "@/shared/ui/button";
import { LabelledField } from "@/shared/ui/field";
import { reasonLabel } from "./stage-labels";

export type Reason = { reason: string; note: string };

/** Whether the server would take the reason: one of the list, and words with “other”. */
export function isComplete(value: Reason): boolean {
  return value.reason !== "" && (value.reason !== "other" || value.note.trim() !== "");
}

/** The digit that chooses a reason: 1 to 9, then 0. Reasons beyond have none. */
function digitOf(index: number): string | null {
  return index < 10 ? String((index + 1) % 10) : null;
}

/**
 * Why a company is passed on: a reason out of the list, and words beside it. A digit chooses a reason; what is complete with it
 * is told to `onDigit`.
 */
export function ReasonFields({
  reasons,
  value,
  onChange,
  onDigit,
}: {
  reasons: readonly string[];
  value: Reason;
  onChange: (value: Reason) => void;
  onDigit?: (value: Reason) => void;
}) {
  const { t } = useI18n();
  const id = useId();
  const words = useRef<HTMLInputElement>(null);
  const early = useRef<string | null>(null);
  const choose = (digit: string) => {
    const reason = reasons[reasons.findIndex((_, place) => digitOf(place) === digit)];
    if (reason === undefined) return;
    const chosen = { ...value, reason };
    onChange(chosen);
    if (isComplete(chosen)) onDigit?.(chosen);
    else words.current?.focus();
  };
  const latest = useRef(choose);
  const isReady = reasons.length > 0;
  useEffect(() => {
    latest.current = choose;
    // A digit that was quicker than the server's answer counts when it comes.
    if (isReady && early.current) {
      const digit = early.current;
      early.current = null;
      choose(digit);
    }
  });
  // Received from the window: the focus may not have reached the window yet when a quick hand presses the digit.
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
      if (!/^\d$/.test(event.key) || isTyping(event.target)) return;
      event.preventDefault();
      if (isReady) latest.current(event.key);
      else early.current = event.key;
    };
    window.addEventListener("keydown", onKeyDown, true);
    return () => window.removeEventListener("keydown", onKeyDown, true);
  }, [isReady]);
  return (
    <div className="flex flex-col gap-3">
      <fieldset className="grid grid-cols-2 gap-x-3 gap-y-0.5">
        <legend className="mb-1 font-medium text-xs">{t("pass.reason")}</legend>
        {reasons.map((reason, index) => (
          <label
            key={reason}
            className="flex min-h-7 items-center gap-2 rounded-md px-1 hover:bg-hover has-checked:bg-accent-soft"
          >
            <input
              type="radio"
              name={`${id}-reason`}
              value={reason}
              // Arrow keys choose, Enter sends the form: two keys to pass on a company.
              // biome-ignore lint/a11y/noAutofocus: the first reason is where a person goes on.
              autoFocus={index === 0}
              aria-keyshortcuts={(onDigit && digitOf(index)) || undefined}
              checked={value.reason === reason}
              onChange={() => onChange({ ...value, reason })}
              className="accent-(--accent)"
            />
            <span className="min-w-0 flex-1">{reasonLabel(reason, null, t)}</span>
            {onDigit && digitOf(index) && (
              <span aria-hidden>
                <Kbd>{digitOf(index)}</Kbd>
              </span>
            )}
          </label>
        ))}
      </fieldset>
      <LabelledField
        ref={words}
        label={t(value.reason === "other" ? "pass.noteNeeded" : "pass.note")}
        maxLength={2000}
        required={value.reason === "other"}
        value={value.note}
        onChange={(event) => onChange({ ...value, note: event.target.value })}
      />
    </div>
  );
}
