import { expect, it } from "vitest";
import type { Prospect, Stage } from "@/shared/prospects/queries";
import { daysSince, dueness, filterProspects, sortProspects } from "./filter";

const stages = [
  { key: "new", outcome: "open" },
  { key: "passed", outcome: "passed" },
] as Stage[];
const now = new Date(2026, 2, 10, 12);

function prospect(fields: Partial<Prospect>): Prospect {
  return { orgnr: "5560000001", name: "Ö-bolaget AB", stage: "new", is_stale: false, ...fields } as Prospect;
}

it("asks for owner, day, staleness and words", () => {
  const all = [
    prospect({ owner_id: "me", next_action_on: "2026-03-09" }),
    prospect({ orgnr: "5560000002", name: "Ängens Bageri", next_action_on: "2026-03-10", is_stale: true }),
    prospect({ orgnr: "5560000003", name: null, owner_id: "bo", next_action_on: "2026-03-17" }),
    prospect({ orgnr: "5560000004", stage: "passed", next_action_on: "2026-01-01" }),
  ];
  const found = (search: Parameters<typeof filterProspects>[1]) =>
    filterProspects(all, search, { me: "me", stages, now }).map((one) => one.orgnr.slice(-1));
  expect(found({})).toEqual(["1", "2", "3", "4"]);
  expect(found({ owner: "me" })).toEqual(["1"]);
  expect(found({ owner: "none" })).toEqual(["2", "4"]);
  expect(found({ owner: "bo" })).toEqual(["3"]);
  expect(found({ due: "overdue" })).toEqual(["1"]);
  expect(found({ due: "today" })).toEqual(["1", "2"]);
  expect(found({ due: "week" })).toEqual(["1", "2", "3"]);
  expect(found({ stale: true })).toEqual(["2"]);
  expect(found({ q: "äng" })).toEqual(["2"]);
  expect(found({ q: "556000-0003" })).toEqual(["3"]);
});

it("sorts in Swedish and puts what is missing last", () => {
  const all = [
    prospect({ name: "Östra", value_sek: null }),
    prospect({ name: "Zink", value_sek: 5 }),
    prospect({ name: "Älv", value_sek: 9 }),
  ];
  const names = (sort: string) => sortProspects(all, sort, stages).map((one) => one.name);
  expect(names("name")).toEqual(["Zink", "Älv", "Östra"]);
  expect(names("value_sek")).toEqual(["Zink", "Älv", "Östra"]);
  expect(names("-value_sek")).toEqual(["Älv", "Zink", "Östra"]);
});

it("is late only while it is worked", () => {
  const card = prospect({ next_action_on: "2026-03-09" });
  expect(dueness(card, true, "2026-03-10")).toBe("overdue");
  expect(dueness(card, false, "2026-03-10")).toBe("later");
  expect(dueness(prospect({}), true, "2026-03-10")).toBe(null);
  expect(daysSince(new Date(2026, 2, 8, 11).toISOString(), now)).toBe(2);
});
