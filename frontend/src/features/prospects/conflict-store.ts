import { useSyncExternalStore } from "react";
import type { Clash } from "./merge";

export type Verdict = "mine" | "theirs";

type Question = { clashes: readonly Clash[]; answer: (verdict: Verdict) => void };

let question: Question | null = null;
const listeners = new Set<() => void>();

function publish(next: Question | null): void {
  question = next;
  for (const listener of listeners) listener();
}

/** Asks the person whose change is kept; resolves when they have chosen. Closing the window keeps the other's. */
export function askWhose(clashes: readonly Clash[]): Promise<Verdict> {
  return new Promise((resolve) => {
    publish({
      clashes,
      answer: (verdict) => {
        publish(null);
        resolve(verdict);
      },
    });
  });
}

/** The question that is open now. */
export function useQuestion(): Question | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => question,
  );
}
