import { api, type PostBody, unwrap } from "@/shared/api/client";
import type { MoneyUnit } from "@/shared/preferences/preferences";
import type { ViewState } from "@/shared/views/queries";
import { parseColumns } from "./columns";
import type { UniverseSearch } from "./search-params";

/** What of a screen a view keeps; the filter's text is kept too, so that a change is seen without asking the server. */
export function viewStateOf(search: UniverseSearch): ViewState {
  const { f, q, sort, cols, dist } = search;
  return { f, q, sort, cols, dist };
}

/** Whether the screen differs from the one that the view keeps. */
export function isChanged(search: UniverseSearch, kept: ViewState): boolean {
  const now = viewStateOf(search);
  return (["f", "q", "sort", "cols", "dist"] as const).some((key) => (now[key] ?? "") !== (kept[key] ?? ""));
}

/** The screen as the server keeps it: filter as a tree, columns, sort and unit. */
export async function viewContents(
  search: UniverseSearch,
  unit: MoneyUnit,
): Promise<Pick<PostBody<"/api/views">, "filter" | "columns" | "sort" | "q" | "interface" | "unit">> {
  const { q, ...kept } = viewStateOf(search);
  const parsed = search.f
    ? await unwrap(api.POST("/api/universe/parse", { body: { text: search.f } }))
    : null;
  return {
    filter: parsed?.filter ?? { all: [] },
    columns: parseColumns(search.cols).map((column) => ({ ...column })),
    sort: [],
    q,
    interface: kept,
    unit,
  };
}
