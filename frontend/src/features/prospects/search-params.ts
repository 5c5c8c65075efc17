/** What the address of the pipeline says: how it is shown, which prospects, which one is open. */
export type ProspectsSearch = {
  view?: "table";
  /** `me`, `none` or a person's id. */
  owner?: string;
  due?: "overdue" | "today" | "week" | "none";
  stale?: true;
  /** Key of a stage, in the table. */
  stage?: string;
  q?: string;
  /** `field` or `-field`, in the table. */
  sort?: string;
  /** The prospect whose panel is open. */
  id?: string;
};

const DUE = ["overdue", "today", "week", "none"] as const;

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value.slice(0, 200) : undefined;
}

export function prospectsSearch(raw: Record<string, unknown>): ProspectsSearch {
  return {
    view: raw.view === "table" ? "table" : undefined,
    owner: text(raw.owner),
    due: DUE.find((due) => due === raw.due),
    stale: raw.stale === true ? true : undefined,
    stage: text(raw.stage),
    q: text(raw.q),
    sort: text(raw.sort),
    id: text(raw.id),
  };
}
