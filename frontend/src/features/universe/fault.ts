import type { ApiError } from "@/shared/api/problem";

/** Where reading a filter's text stopped, counted in characters, and what kind of thing was missing there. */
export type TextFault = {
  kind: "field" | "code" | "comparison" | "value" | "set" | "other";
  /** The key of the field, or the name of the set, that the fault is about; empty where it is about none. */
  field: string;
  offset: number;
  length: number;
  suggestions: readonly string[];
};

/** The server's sentences by what they are about; each is written in one place of the filter language. */
const SENTENCES: readonly [TextFault["kind"], RegExp][] = [
  ["field", /^there is no field “()/],
  ["code", /^“.*” is not a code of (\w+)/],
  ["comparison", /^here should stand how to compare (\w+)/],
  ["value", /^here should stand a value of (\w+)/],
  ["value", /^(\w+) needs /],
  ["set", /^there is no (?:list|label|prospect) “(.*)”/],
];

/** The first fault of a refused text; null when the refusal is about something else. */
export function faultOf(error: ApiError): TextFault | null {
  const fault = error.faults.find(({ pointer }) => pointer === "/text");
  if (!fault) return null;
  for (const [kind, sentence] of SENTENCES) {
    const found = sentence.exec(fault.message);
    if (found) return { kind, field: found[1] ?? "", ...place(fault) };
  }
  return { kind: "other", field: "", ...place(fault) };
}

function place(fault: { offset?: number; length?: number; suggestions?: readonly string[] }) {
  return { offset: fault.offset ?? 0, length: fault.length ?? 0, suggestions: fault.suggestions ?? [] };
}
