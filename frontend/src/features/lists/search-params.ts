/** What the address of the page of lists says: which of its parts is shown. */
export type ListsSearch = { tab?: "archived" | "labels" };

export function listsSearch(search: Record<string, unknown>): ListsSearch {
  return search.tab === "archived" || search.tab === "labels" ? { tab: search.tab } : {};
}

/** What the address of a list says: order, columns, whether excluded companies are shown too, and who is in the preview. */
export type ListSearch = { sort?: string; cols?: string; excluded?: boolean; o?: string };

export function listSearch(search: Record<string, unknown>): ListSearch {
  const text = (value: unknown) => (typeof value === "string" && value !== "" ? value : undefined);
  return {
    // A number in the address is read as a number by the router.
    o: typeof search.o === "number" ? String(search.o) : text(search.o),
    sort: text(search.sort),
    cols: text(search.cols),
    excluded: search.excluded === true || search.excluded === "true" ? true : undefined,
  };
}

/** What the address of a comparison says: the companies and whose figures. */
export type CompareSearch = { orgnrs?: string; scope?: "company" | "group"; list?: string };

export function compareSearch(search: Record<string, unknown>): CompareSearch {
  // A single number in the address is read as a number by the router.
  const orgnrs =
    typeof search.orgnrs === "string" || typeof search.orgnrs === "number"
      ? String(search.orgnrs)
      : undefined;
  return {
    orgnrs,
    scope: search.scope === "group" ? "group" : undefined,
    list: typeof search.list === "string" ? search.list : undefined,
  };
}
