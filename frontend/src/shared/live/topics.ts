import type { QueryKey } from "@tanstack/react-query";

/** For each kind of thing that the server says has changed: the beginnings of the keys of the queries that show it. */
const SHOWN_BY: Record<string, readonly (readonly string[])[]> = {
  prospects: [["prospects"], ["activity"], ["home"]],
  notes: [["notes"], ["activity"], ["prospects"], ["lists", "marks"]],
  lists: [["lists"], ["activity"]],
  labels: [["labels"], ["lists", "marks"], ["activity"]],
  exclusions: [["exclusions"], ["lists"], ["activity"]],
  views: [["views"]],
  monitors: [["monitors"], ["home"]],
  runs: [["runs"], ["run"], ["company", "*", "findings"]],
  templates: [["analysis", "templates"]],
  imports: [["imports"], ["import"], ["coverage"], ["home"]],
  notifications: [["notifications"]],
};

export const TOPICS: readonly string[] = Object.keys(SHOWN_BY);

function beginsWith(key: QueryKey, beginning: readonly string[]): boolean {
  return beginning.every((part, place) => part === "*" || key[place] === part);
}

/** Whether a query shows something of these kinds. */
export function shows(key: QueryKey, topics: Iterable<string>): boolean {
  for (const topic of topics) {
    if (SHOWN_BY[topic]?.some((beginning) => beginsWith(key, beginning))) return true;
  }
  return false;
}
