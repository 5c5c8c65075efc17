import { CancelledError, type QueryClient, queryOptions } from "@tanstack/react-query";
import { api, type PostBody, type Posted, unwrap } from "@/shared/api/client";
import { BY_COLUMNS, type PageRow, rowsOf } from "@/shared/company/page-rows";
import type { ParsedFilter } from "@/shared/filter/node";
import { marksQuery } from "@/shared/lists/queries";
import { parseQuery, type Selection } from "./filter";
import type { SortKey } from "./search-params";

export type HistogramRequest = NonNullable<PostBody<"/api/universe/query">["histograms"]>[number];

/** Rows of a page; a scrollbar reaches any of them. */
export const PAGE = 100;

/** What is asked of a screen but for the place in it. */
export type Screen = { selection: Selection; sort: readonly SortKey[]; columns: readonly string[] };

/** What is counted of a screen beside its rows; nothing where the panel is closed. */
export type Counts = { facets: readonly string[]; histograms: readonly HistogramRequest[] };

export const NO_COUNTS: Counts = { facets: [], histograms: [] };

/** An answer with its rows as the app knows them. */
export type ScreenAnswer = Omit<Posted<"/api/universe/query">, "rows" | "columns"> & {
  rows: readonly PageRow[];
};

type Asked = Partial<Counts> & { parsed?: boolean; marks?: boolean };

async function ask(
  { selection, sort, columns }: Screen,
  offset: number,
  limit: number,
  { facets = [], histograms = [], parsed, marks }: Asked = {},
  signal?: AbortSignal,
): Promise<ScreenAnswer> {
  const { columns: byColumns, ...answer } = await unwrap(
    api.POST("/api/universe/query", {
      body: {
        ...selection,
        sort: sort.length > 0 ? [...sort] : undefined,
        columns: [...columns],
        limit,
        offset,
        facets: facets.length > 0 ? [...facets] : undefined,
        histograms: histograms.length > 0 ? [...histograms] : undefined,
        parsed,
        marks,
        form: BY_COLUMNS,
      },
      signal,
    }),
  );
  return { ...answer, rows: rowsOf(byColumns) };
}

/** Rows of a screen from a place on, asked for once: for what reaches beyond the rows in view. */
export async function fetchRows(screen: Screen, offset: number, limit: number): Promise<readonly PageRow[]> {
  return (await ask(screen, offset, limit)).rows;
}

/** What is noted about the companies of an answer is kept where the marks of rows are looked up, so that they ask nothing more. */
function keepMarks(queries: QueryClient, { rows, marks }: ScreenAnswer): void {
  if (marks) queries.setQueryData(marksQuery(rows.map((row) => row.orgnr)).queryKey, { items: marks });
}

/** A page of rows beyond the first. */
export const pageQuery = (queries: QueryClient, screen: Screen, page: number) =>
  queryOptions({
    queryKey: ["universe", "rows", screen, page],
    queryFn: async ({ signal }) => {
      const answer = await ask(screen, page * PAGE, PAGE, { marks: true }, signal);
      keepMarks(queries, answer);
      return answer;
    },
    retry: false,
  });

/**
 * A screen in one call: the first page, the exact total, the counts, how the filter was read, and what is noted about the companies.
 * What was read is kept where the chips look for it, what is noted where the rows do.
 */
export const screenQuery = (queries: QueryClient, screen: Screen, counts: Counts) =>
  queryOptions({
    queryKey: ["universe", "screen", screen, counts],
    queryFn: async ({ signal }) => {
      const answer = await ask(screen, 0, PAGE, { ...counts, parsed: true, marks: true }, signal);
      keepMarks(queries, answer);
      const { text } = screen.selection;
      if (text !== undefined && answer.parsed) queries.setQueryData(parseQuery(text).queryKey, answer.parsed);
      return answer;
    },
    retry: false,
  });

/**
 * Asks the screen of another filter, and keeps the answer under the text that the server writes for it, so that the page which
 * then shows that text asks nothing more.
 */
export async function askEdited(
  queries: QueryClient,
  { selection, ...screen }: Screen,
  counts: Counts,
): Promise<ParsedFilter> {
  const edited = screenQuery(queries, { ...screen, selection }, counts);
  let answer: ScreenAnswer;
  try {
    answer = await queries.fetchQuery(edited);
  } catch (error) {
    // Whoever else waited for the same answer has turned to another, which called it off.
    if (!(error instanceof CancelledError)) throw error;
    answer = await ask({ ...screen, selection }, 0, PAGE, { ...counts, parsed: true, marks: true });
    keepMarks(queries, answer);
  }
  const { parsed } = answer;
  if (!parsed) throw new Error("the answer does not tell how the filter was read");
  queries.setQueryData(parseQuery(parsed.text).queryKey, parsed);
  const { filter: _, ...rest } = selection;
  const shown = { ...screen, selection: { text: parsed.text, ...rest } };
  queries.setQueryData(screenQuery(queries, shown, counts).queryKey, answer);
  return parsed;
}
