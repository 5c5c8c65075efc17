import type { Person } from "@/shared/people/queries";

/** The `@` with the letters behind it in front of the caret, where somebody is being called. */
export function openMention(text: string, caret: number): { at: number; letters: string } | null {
  const before = text.slice(0, caret);
  const found = /(?:^|\s)@([\p{L}\p{N} .-]{0,30})$/u.exec(before);
  if (!found) return null;
  const letters = found[1] ?? "";
  return { at: caret - letters.length - 1, letters };
}

/** Colleagues whose name, or a word of it, begins with the letters. */
export function matching(people: readonly Person[], letters: string): readonly Person[] {
  const needle = letters.toLocaleLowerCase("sv");
  return people
    .filter((person) => {
      const name = person.name.toLocaleLowerCase("sv");
      return name.startsWith(needle) || name.split(/[\s.-]+/).some((word) => word.startsWith(needle));
    })
    .slice(0, 6);
}

/** The text with the person called where the `@` stood, and where the caret is then. */
export function callPerson(
  text: string,
  mention: { at: number; letters: string },
  person: Person,
): { text: string; caret: number } {
  const call = `@[${person.name.replace(/[[\]\n]/g, " ")}](${person.id}) `;
  const rest = text.slice(mention.at + 1 + mention.letters.length).replace(/^ /, "");
  return { text: text.slice(0, mention.at) + call + rest, caret: mention.at + call.length };
}
