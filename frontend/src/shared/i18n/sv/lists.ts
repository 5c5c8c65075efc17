import type { lists as english } from "../en/lists";
import type { Message } from "../translate";

/** Swedish texts of lists. */
export const lists: Record<keyof typeof english, Message> = {
  "lists.add": "Lägg i en lista",
  "lists.findOrNew": "Hitta en lista, eller ge en ny ett namn…",
  "lists.companies": { one: "{count} företag", other: "{count} företag" },
  "lists.createNamed": "Ny lista ”{name}”",
  "lists.newFor": "Den nya listan är för",
  "lists.private": "Bara jag",
  "lists.team": "Teamet",
  "lists.noneYet": "Det finns inga listor än. Skriv ett namn för att göra den första.",
  "lists.added": "{what} lades i {list}",
};
