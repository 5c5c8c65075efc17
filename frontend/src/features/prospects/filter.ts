import type { Prospect, Stage } from "@/shared/prospects/queries";
import type { ProspectsSearch } from "./search-params";

/** The day of a moment in the reader's own time zone, as YYYY-MM-DD. */
export function dayOf(moment: Date): string {
  const two = (part: number) => String(part).padStart(2, "0");
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}

/** How soon a next action is due. Only what is still being worked can be late. */
export function dueness(
  prospect: Prospect,
  isOpen: boolean,
  today: string,
): "overdue" | "today" | "later" | null {
  if (!prospect.next_action_on) return null;
  if (!isOpen || prospect.next_action_on > today) return "later";
  return prospect.next_action_on === today ? "today" : "overdue";
}

/** Whole days since a moment. */
export function daysSince(iso: string, now: Date): number {
  return Math.max(0, Math.floor((now.getTime() - new Date(iso).getTime()) / 86_400_000));
}

/** The prospects that the address asks for, in the order they came. */
export function filterProspects(
  prospects: readonly Prospect[],
  search: ProspectsSearch,
  about: { me: string | undefined; stages: readonly Stage[]; now: Date },
): Prospect[] {
  const today = dayOf(about.now);
  const week = dayOf(new Date(about.now.getTime() + 7 * 86_400_000));
  const open = new Set(about.stages.filter((stage) => stage.outcome === "open").map((stage) => stage.key));
  const words = search.q?.trim().toLocaleLowerCase("sv");
  const digits = words?.replace(/\D/g, "") ?? "";
  return prospects.filter((prospect) => {
    if (search.owner === "none" && prospect.owner_id) return false;
    if (search.owner === "me" && prospect.owner_id !== about.me) return false;
    if (search.owner && !["me", "none"].includes(search.owner) && prospect.owner_id !== search.owner)
      return false;
    if (search.stale && !prospect.is_stale) return false;
    if (search.due) {
      const on = prospect.next_action_on;
      if (search.due === "none") {
        if (on) return false;
      } else {
        if (!on || !open.has(prospect.stage)) return false;
        if (search.due === "overdue" && on >= today) return false;
        if (search.due === "today" && on > today) return false;
        if (search.due === "week" && on > week) return false;
      }
    }
    if (words) {
      const named = prospect.name?.toLocaleLowerCase("sv").includes(words) ?? false;
      if (!named && !(digits.length >= 4 && prospect.orgnr.startsWith(digits))) return false;
    }
    return true;
  });
}

const VALUES: Record<
  string,
  (prospect: Prospect, stages: readonly Stage[]) => string | number | null | undefined
> = {
  name: (prospect) => prospect.name,
  stage: (prospect, stages) => stages.findIndex((stage) => stage.key === prospect.stage),
  owner_id: (prospect) => prospect.owner_name,
  next_action: (prospect) => prospect.next_action,
  next_action_on: (prospect) => prospect.next_action_on,
  last_contact_on: (prospect) => prospect.last_contact_on,
  value_sek: (prospect) => prospect.value_sek,
  revenue: (prospect) => prospect.revenue,
  ebitda_margin: (prospect) => prospect.ebitda_margin,
  in_stage: (prospect) => -new Date(prospect.stage_since).getTime(),
};

/** Sorted by `field` or `-field`; what is missing comes last either way, names in Swedish order. */
export function sortProspects(
  prospects: readonly Prospect[],
  sort: string | undefined,
  stages: readonly Stage[],
): Prospect[] {
  const key = sort?.replace(/^-/, "") ?? "";
  const value = VALUES[key];
  if (!value) return [...prospects];
  const direction = sort?.startsWith("-") ? -1 : 1;
  const collator = new Intl.Collator("sv");
  return [...prospects].sort((one, other) => {
    const [a, b] = [value(one, stages), value(other, stages)];
    if (a === null || a === undefined) return b === null || b === undefined ? 0 : 1;
    if (b === null || b === undefined) return -1;
    const order = typeof a === "string" ? collator.compare(a, String(b)) : a - Number(b);
    return order * direction;
  });
}
