/** What the address of the home page says: the change on a watched screen that is open. */
export type HomeSearch = { change?: string };

export function homeSearch(raw: Record<string, unknown>): HomeSearch {
  return { change: typeof raw.change === "string" && raw.change !== "" ? raw.change : undefined };
}
