import type { MessageKey } from "@/shared/i18n/en";
import type { MessageValues } from "@/shared/i18n/translate";

/** What a toast says: a key of the catalogue with its values, so that it follows a change of language. */
export type ToastText = { key: MessageKey; values?: MessageValues };

/** One short message about something that was just done. */
export type Toast = {
  id: number;
  text: ToastText;
  /** An error stays until it is closed; it carries what the server said. */
  error?: unknown;
  /** Takes back what was done. The toast says when that is finished, or that it failed. */
  undo?: () => Promise<unknown>;
  /** A link to what was made. */
  link?: { text: ToastText; to: string };
  /** Something else that is offered, such as trying again; it closes the message. */
  action?: { text: ToastText; run: () => void };
};

/** How many are on the screen at once; older ones make room. */
const MOST = 3;

let toasts: readonly Toast[] = [];
let nextId = 1;
const listeners = new Set<() => void>();

function publish(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

/** Shows a message; returns its id. */
export function showToast(toast: Omit<Toast, "id">): number {
  const id = nextId++;
  publish([...toasts, { ...toast, id }].slice(-MOST));
  return id;
}

/** Shows that something failed, with what the server said; `retry` does it again with all that was written. */
export function showFailure(
  key: MessageKey,
  error: unknown,
  more: { values?: MessageValues; retry?: () => void } = {},
): number {
  const { values, retry } = more;
  return showToast({
    text: { key, values },
    error,
    action: retry ? { text: { key: "action.retry" }, run: retry } : undefined,
  });
}

export function closeToast(id: number): void {
  publish(toasts.filter((toast) => toast.id !== id));
}

/** Takes back what a toast told of; used by its button and by the key. */
export async function undoToast(toast: Toast): Promise<void> {
  if (!toast.undo) return;
  closeToast(toast.id);
  try {
    await toast.undo();
    showToast({ text: { key: "toast.undone" } });
  } catch (error) {
    showFailure("toast.undoFailed", error);
  }
}

export function currentToasts(): readonly Toast[] {
  return toasts;
}

export function subscribeToasts(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
