/** The address of the admin page: which tab, and what its table is filtered by. */
export type AdminSearch = {
  tab?: string;
  /** Audit log: an action or all of a noun, a person's id, a company, the first and last day (YYYY-MM-DD). */
  action?: string;
  actor?: string;
  orgnr?: string;
  from?: string;
  until?: string;
  /** Queues: a queue, a state, and the job in the panel. */
  queue?: string;
  state?: string;
  job?: number;
};

function text(value: unknown): string | undefined {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}

export function adminSearch(raw: Record<string, unknown>): AdminSearch {
  return {
    tab: text(raw.tab),
    action: text(raw.action),
    actor: text(raw.actor),
    orgnr: text(raw.orgnr),
    from: text(raw.from),
    until: text(raw.until),
    queue: text(raw.queue),
    state: text(raw.state),
    job: Number.isSafeInteger(Number(raw.job)) && Number(raw.job) > 0 ? Number(raw.job) : undefined,
  };
}
