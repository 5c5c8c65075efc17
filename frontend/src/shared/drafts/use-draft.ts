import { useCallback, useEffect, useRef, useState } from "react";
import { currentSession } from "@/shared/auth/session";

const PREFIX = "lode.draft:";

/** Drafts older than this are thrown away, in milliseconds. */
const LONGEST = 30 * 86_400_000;

type Kept = { at: number; value: unknown };

/** Drafts belong to a person: who shares a browser does not see another's. */
function keyOf(name: string): string {
  const session = currentSession();
  const owner = session && session.kind !== "none" ? (session.person?.email ?? "") : "";
  return `${PREFIX}${owner}:${name}`;
}

function read(key: string): Kept | null {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? "null") as Kept | null;
    if (kept === null || typeof kept.at !== "number" || !("value" in kept)) return null;
    return Date.now() - kept.at < LONGEST ? kept : null;
  } catch {
    return null;
  }
}

function write(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify({ at: Date.now(), value }));
  } catch {
    // A full storage costs the draft's safety, not the draft.
  }
}

export type Draft<T> = {
  value: T;
  set: (value: T) => void;
  /** When what is shown was written, if it was brought back; null for what is begun now. */
  restoredAt: Date | null;
  /** What was written is saved, or not wanted: it is forgotten here, and the value is the given one again. */
  forget: () => void;
};

/**
 * Something that a person writes, kept in the browser with every change until it is saved: leaving the page, a reload, a new
 * version or a server that is away lose nothing. What was left is there again, and says since when.
 */
export function useDraft<T>(
  name: string,
  initial: T,
  isSame: (a: T, b: T) => boolean = (a, b) => JSON.stringify(a) === JSON.stringify(b),
): Draft<T> {
  const key = keyOf(name);
  const [kept] = useState(() => read(key));
  const usable = kept !== null && sameShape(kept.value, initial) && !isSame(kept.value as T, initial);
  const [value, setValue] = useState<T>(usable ? (kept.value as T) : initial);
  const [restoredAt, setRestoredAt] = useState(usable ? new Date(kept.at) : null);
  const latest = useRef({ initial, isSame });
  useEffect(() => {
    latest.current = { initial, isSame };
  });
  const set = useCallback(
    (next: T) => {
      setValue(next);
      setRestoredAt(null);
      if (latest.current.isSame(next, latest.current.initial)) localStorage.removeItem(key);
      else write(key, next);
    },
    [key],
  );
  const forget = useCallback(() => {
    localStorage.removeItem(key);
    setRestoredAt(null);
    setValue(latest.current.initial);
  }, [key]);
  return { value, set, restoredAt, forget };
}

/** Whether a kept value can stand where the initial one does: an older version may have kept another form. */
function sameShape(kept: unknown, initial: unknown): boolean {
  if (typeof kept !== typeof initial || Array.isArray(kept) !== Array.isArray(initial)) return false;
  if (typeof kept !== "object" || kept === null || typeof initial !== "object" || initial === null)
    return true;
  return Object.keys(initial).every((field) => field in kept);
}
