import { useQueries } from "@tanstack/react-query";
import { useMay } from "@/shared/auth/me";
import { type Marks, marksQuery } from "./queries";

type Answers = readonly { data?: { items: Marks[] } }[];

/** One map for equal answers, so that rows are drawn anew only when a mark has changed. */
function combine(answers: Answers): ReadonlyMap<string, Marks> {
  return new Map(
    answers.flatMap(({ data }) =>
      (data?.items ?? [])
        .filter((mark) => mark.exclusion || mark.labels.length > 0)
        .map((mark) => [mark.orgnr, mark] as const),
    ),
  );
}

/** Labels and exclusions of the companies in view, asked for by pages as the rows are. */
export function useMarks(pages: readonly (readonly string[])[]): ReadonlyMap<string, Marks> {
  const mayRead = useMay("read_work");
  return useQueries({
    queries: pages.map((orgnrs) => ({ ...marksQuery(orgnrs), enabled: mayRead && orgnrs.length > 0 })),
    combine,
  });
}
