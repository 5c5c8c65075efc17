import { useEffect, useRef, useSyncExternalStore } from "react";
import type { MessageKey } from "@/shared/i18n/en";
import { getPreferences } from "@/shared/preferences/preferences";

export type ShortcutGroup =
  | "shortcuts.group.everywhere"
  | "shortcuts.group.table"
  | "shortcuts.group.board"
  | "shortcuts.group.selection"
  | "shortcuts.group.company";

/** One thing the keyboard can do. `keys` is "j", "shift+p", "mod+k", "?" or a sequence of two such as "g u". */
export type Shortcut = {
  keys: string;
  label: MessageKey;
  group: ShortcutGroup;
  run: (event: KeyboardEvent) => void;
};

let registered: readonly Shortcut[] = [];
const listeners = new Set<() => void>();
let pendingPrefix: { key: string; at: number } | null = null;

/** How long the second key of a sequence may take, in milliseconds. */
const SEQUENCE_TIMEOUT = 1200;

function publish(next: readonly Shortcut[]): void {
  registered = next;
  for (const listener of listeners) listener();
}

/** True when the key press belongs to a field the person is typing in. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  if (target.closest("textarea, select, [role='textbox'], [role='combobox'], [role='searchbox']"))
    return true;
  return (
    target instanceof HTMLInputElement && !["checkbox", "radio", "button", "range"].includes(target.type)
  );
}

/** True when Enter or Space is for a control in a panel beside the page, which marks itself with `data-own-keys`. */
function isForPanel(name: string, target: EventTarget | null): boolean {
  if (name !== "enter" && name !== "space") return false;
  return target instanceof HTMLElement && target.closest("[data-own-keys]") !== null;
}

/** The name of a key press. Shift counts with letters only: other signs, such as `?`, are where a keyboard has them. */
function nameOf(event: KeyboardEvent): string {
  const key = event.key === " " ? "space" : event.key.toLowerCase();
  if (event.metaKey || event.ctrlKey) return `mod+${key}`;
  return event.shiftKey && /^\p{L}$/u.test(key) ? `shift+${key}` : key;
}

/** The shortcut for keys: a page's own before one that holds everywhere, then the one registered last. */
function find(keys: string): Shortcut | undefined {
  const named = registered.filter((shortcut) => shortcut.keys === keys);
  return named.findLast((shortcut) => shortcut.group !== "shortcuts.group.everywhere") ?? named.at(-1);
}

/** Runs the shortcut a key press stands for, if any. */
export function handleKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.altKey || event.isComposing) return;
  const name = nameOf(event);
  const modified = name.startsWith("mod+");
  if (!modified) {
    if (isTyping(event.target) || !getPreferences().shortcuts) return;
    if (isForPanel(name, event.target)) return;
    if (document.querySelector("[role='dialog'][data-modal='true']")) return;
  }
  const sequence =
    pendingPrefix && event.timeStamp - pendingPrefix.at < SEQUENCE_TIMEOUT
      ? `${pendingPrefix.key} ${name}`
      : null;
  pendingPrefix = null;
  const match = (sequence && find(sequence)) || find(name);
  if (match) {
    event.preventDefault();
    match.run(event);
    return;
  }
  if (registered.some((shortcut) => shortcut.keys.startsWith(`${name} `))) {
    pendingPrefix = { key: name, at: event.timeStamp };
  }
}

/** Offers shortcuts while the component is mounted. The newest `run` is always the one called. */
export function useShortcuts(shortcuts: readonly Shortcut[], enabled = true): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  const signature = shortcuts.map((shortcut) => `${shortcut.keys}:${shortcut.label}`).join("|");
  // biome-ignore lint/correctness/useExhaustiveDependencies: the signature stands for the shortcuts; run is read late.
  useEffect(() => {
    if (!enabled) return;
    const mine = latest.current.map((shortcut, index) => ({
      ...shortcut,
      run: (event: KeyboardEvent) => latest.current[index]?.run(event),
    }));
    publish([...registered, ...mine]);
    return () => publish(registered.filter((shortcut) => !mine.includes(shortcut)));
  }, [signature, enabled]);
}

/** Every shortcut that is on offer now, for the help sheet. */
export function useRegisteredShortcuts(): readonly Shortcut[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => registered,
  );
}
