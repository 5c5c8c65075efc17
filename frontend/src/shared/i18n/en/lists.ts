import type { Message } from "../translate";

/** English texts of lists. */
export const lists = {
  "lists.add": "Add to a list",
  "lists.findOrNew": "Find a list, or name a new one…",
  "lists.companies": { one: "{count} company", other: "{count} companies" },
  "lists.createNamed": "New list “{name}”",
  "lists.newFor": "The new list is for",
  "lists.private": "Only me",
  "lists.team": "The team",
  "lists.noneYet": "There are no lists yet. Type a name to make the first one.",
  "lists.added": "{what} added to {list}",
} satisfies Record<string, Message>;
