/** What the address of a company page says: scope, the part in view, the figure whose origin is shown. */
export type CompanySearch = {
  scope?: "company" | "group";
  /** `line:period_end`, the figure whose origin is open. */
  figure?: string;
  /** Statements as shares of revenue and of total assets. */
  size?: "common";
  restated?: true;
  /** The day (YYYY-MM-DD) as of which the statements are shown; today when left out. */
  as_of?: string;
};

export function companySearch(raw: Record<string, unknown>): CompanySearch {
  return {
    scope: raw.scope === "group" || raw.scope === "company" ? raw.scope : undefined,
    figure:
      typeof raw.figure === "string" && /^\w+:\d{4}-\d{2}-\d{2}$/.test(raw.figure) ? raw.figure : undefined,
    size: raw.size === "common" ? "common" : undefined,
    restated: raw.restated === true ? true : undefined,
    as_of: typeof raw.as_of === "string" && /^\d{4}-\d{2}-\d{2}$/.test(raw.as_of) ? raw.as_of : undefined,
  };
}
