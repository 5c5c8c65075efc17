import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isKnownSentence, locatedReason, rejectionWords } from "./rejection-words";

const CRATES = join(process.cwd(), "../crates");
const read = (path: string) => readFileSync(join(CRATES, path), "utf8");

/** What a reader may say: literals after the words that make a reason or a remedy; what a sentence fills in is written as a letter. */
function sentencesOf(source: string, before: RegExp): string[] {
  const [code = ""] = source.split("#[cfg(test)]");
  return [...code.matchAll(before)].map(([, sentence = ""]) => sentence.replace(/\{[^}]*\}/g, "X"));
}

test("every_sentence_about_a_row_of_a_table_has_swedish_words", () => {
  const tables = readdirSync(join(CRATES, "sources/src/table")).filter((name) => !/tests\.rs$/.test(name));
  const sentences = [
    ...tables.flatMap((name) => {
      const source = read(`sources/src/table/${name}`);
      return [
        ...sentencesOf(source, /SourceError::item\(\s*"([^"]+)"/g),
        ...sentencesOf(source, /SourceError::item\([^;]*?\.remedy\(\s*"([^"]+)"/g),
        ...sentencesOf(source, /let remedy =\s*"([^"]+)"/g),
        ...sentencesOf(source, /refuse\(Field::\w+, "([^"]+)"/g),
      ];
    }),
    ...sentencesOf(read("sources/src/table/amount.rs"), /#\[error\("([^"]+)"\)\]/g),
    ...sentencesOf(read("sources/src/table/date.rs"), /#\[error\("([^"]+)"\)\]/g),
    ...sentencesOf(read("domain/src/orgnr.rs"), /#\[error\(\s*"([^"]+)"\s*\)\]/g),
    ...sentencesOf(read("domain/src/fiscal_period.rs"), /#\[error\(\s*"([^"]+)"\s*\)\]/g),
  ];
  expect(sentences.length).toBeGreaterThan(30);
  expect(sentences.filter((sentence) => !isKnownSentence(sentence))).toEqual([]);
});

test("what_a_sentence_names_stands_in_its_swedish_words", () => {
  expect(rejectionWords("the check digit is wrong: the last digit should be 3", "sv")).toBe(
    "kontrollsiffran är fel: den sista siffran borde vara 3",
  );
  expect(
    rejectionWords("the period of 556016-0680 that ends 2024-12-31 was already given in row 7", "sv"),
  ).toBe("perioden för 556016-0680 som slutar 2024-12-31 stod redan i rad 7");
  expect(rejectionWords("the row has 5 fields instead of 9", "sv")).toBe("raden har 5 fält i stället för 9");
});

test("a_sentence_without_other_words_and_english_are_shown_as_written", () => {
  expect(rejectionWords("something new", "sv")).toBe("something new");
  expect(rejectionWords("this is not a number", "en")).toBe("this is not a number");
});

test("a_located_reason_keeps_its_column_and_what_stood_there", () => {
  expect(locatedReason("row 2, line 3, field Omsättning tkr: this is not a number (“abc”)", "sv")).toBe(
    "Omsättning tkr: det är inget tal (”abc”)",
  );
  expect(locatedReason("row 2, line 3: the row holds no amount", "en")).toBe("the row holds no amount");
});
