import type { Locale } from "@/shared/preferences/preferences";

/**
 * What the readers of tables and registers say of a row, and what they advise, as they write it (crates `sources` and `domain`), with the
 * Swedish for it. `{}` stands for what a sentence names: a number, a code, a day. A test finds the sentences in the readers' sources.
 */
const SWEDISH: readonly [said: string, means: string][] = [
  // The organisation number.
  ["the organisation number is missing", "organisationsnumret saknas"],
  [
    "an organisation number has ten digits, written NNNNNN-NNNN or NNNNNNNNNN (Norway: nine, NNN NNN NNN)",
    "ett organisationsnummer har tio siffror och skrivs NNNNNN-NNNN eller NNNNNNNNNN (Norge: nio, NNN NNN NNN)",
  ],
  [
    "this has {} digits instead of ten (Norway: nine); a spreadsheet may have dropped zeros at its beginning",
    "det har {} siffror i stället för tio (Norge: nio); ett kalkylprogram kan ha tagit bort nollor i början",
  ],
  [
    "a spreadsheet has rounded the number to powers of ten, and its last digits are lost",
    "ett kalkylprogram har avrundat numret till tiopotenser, och de sista siffrorna är borta",
  ],
  [
    "this is a personal identity number (sole trader), which Lode does not keep",
    "det är ett personnummer (enskild firma), som Lode inte sparar",
  ],
  [
    "the check digit is wrong: the last digit should be {}",
    "kontrollsiffran är fel: den sista siffran borde vara {}",
  ],
  [
    "no Norwegian organisation number starts with these eight digits",
    "inget norskt organisationsnummer börjar med de här åtta siffrorna",
  ],
  ["{} was already given in row {}", "{} stod redan i rad {}"],
  [
    "the period of {} that ends {} was already given in row {}",
    "perioden för {} som slutar {} stod redan i rad {}",
  ],
  [
    "this is a sub-unit of a company, which has no accounts of its own",
    "det är en underenhet till ett bolag, som inte har något eget bokslut",
  ],
  ["Give the company that it belongs to", "Ange bolaget som den hör till"],
  // Amounts.
  ["this is not a number", "det är inget tal"],
  ["this can be read in two ways", "det kan läsas på två sätt"],
  ["a spreadsheet has rounded this to powers of ten", "ett kalkylprogram har avrundat det till tiopotenser"],
  ["the number is too large", "talet är för stort"],
  ["the row holds no amount", "raden har inget belopp"],
  ["the row has amounts in {} and in another currency", "raden har belopp i {} och i en annan valuta"],
  ["this is no currency", "det är ingen valuta"],
  ["the scope is neither company nor group", "det är varken bolag eller koncern"],
  // Periods.
  ["this is not a date", "det är inget datum"],
  ["this date can be read in two ways", "datumet kan läsas på två sätt"],
  ["a year alone names no day", "ett årtal nämner ingen dag"],
  ["a fiscal year has 1 to 18 months", "ett räkenskapsår har 1 till 18 månader"],
  ["this is no month", "det är ingen månad"],
  ["this is not a year", "det är inget årtal"],
  ["the end of the period is missing", "periodens slut saknas"],
  ["the period ends {} before it starts {}", "perioden slutar {} innan den börjar {}"],
  ["the period {}–{} is longer than 18 months", "perioden {}–{} är längre än 18 månader"],
  ["the date is out of range", "dagen ligger utanför vad som kan räknas"],
  // The file's shape.
  ["the row has {} fields instead of {}", "raden har {} fält i stället för {}"],
  ["the row is longer than {} KB", "raden är längre än {} kB"],
  ["a quote is left open", "ett citattecken är inte avslutat"],
  ["the text is not UTF-8", "texten är inte UTF-8"],
  ["the text is not UTF-8 although earlier text is", "texten är inte UTF-8 fast tidigare text är det"],
  ["no authority knows the number", "ingen myndighet känner numret"],
  [
    "SED and SGE are needed to check the row, and one of them is missing",
    "SED och SGE behövs för att pröva raden, och en av dem saknas",
  ],
  // What can be done.
  ["Fill it in or leave the row out", "Fyll i det eller utelämna raden"],
  ["Fill in the figures or leave the row out", "Fyll i siffrorna eller utelämna raden"],
  [
    "Write ten digits as text; spreadsheets drop leading zeros and turn long numbers into 5,59E+09",
    "Skriv tio siffror som text; kalkylprogram tar bort nollor i början och gör långa nummer till 5,59E+09",
  ],
  [
    "Write digits with a decimal comma or point; leave unknown amounts empty",
    "Skriv siffror med decimalkomma eller punkt; lämna okända belopp tomma",
  ],
  [
    "Put “@decimal = ,” or “@decimal = .” into the mapping",
    "Välj decimaltecken, eller skriv ”@decimal = ,” eller ”@decimal = .” i kolumnernas namn",
  ],
  [
    "Give the column a number format with all digits and save the table again",
    "Ge kolumnen ett talformat med alla siffror och spara tabellen igen",
  ],
  ["Write dates as YYYY-MM-DD", "Skriv datum som ÅÅÅÅ-MM-DD"],
  [
    "Write the last day of the year as YYYY-MM-DD, or name the column “year”",
    "Skriv årets sista dag som ÅÅÅÅ-MM-DD, eller kalla kolumnen ”år”",
  ],
  [
    "Write the last month of the fiscal year as 1 to 12, or its last day as YYYY-MM-DD",
    "Skriv räkenskapsårets sista månad som 1 till 12, eller dess sista dag som ÅÅÅÅ-MM-DD",
  ],
  [
    "Write the year with four digits; for a broken year its last day as YYYY-MM-DD",
    "Skriv året med fyra siffror; för ett brutet år dess sista dag som ÅÅÅÅ-MM-DD",
  ],
  ["Correct the first or the last day", "Rätta första eller sista dagen"],
  ["Correct the number of months", "Rätta antalet månader"],
  ["Write company or group", "Skriv bolag eller koncern"],
  ["Write an ISO 4217 code such as SEK or EUR", "Skriv en kod enligt ISO 4217, till exempel SEK eller EUR"],
  ["Give each currency a table of its own", "Ge varje valuta en egen tabell"],
  ["Keep one row per company", "Behåll en rad per företag"],
  ["Keep one row per company and period", "Behåll en rad per företag och period"],
  [
    "Correct the row, or import such rows as a table of their own",
    "Rätta raden, eller importera sådana rader som en egen tabell",
  ],
  [
    "Check that each code's column holds what the code means (docs/import-mapping.md)",
    "Se efter att varje kods kolumn innehåller vad koden betyder (docs/import-mapping.md)",
  ],
  [
    "Quote fields that hold the delimiter or a line break",
    "Sätt citattecken om fält som innehåller avgränsaren eller en radbrytning",
  ],
  [
    "Check the delimiter, the line ends and the quotes of the file",
    "Se över filens avgränsare, radslut och citattecken",
  ],
  ["The row is left out; ask the source for a corrected file", "Raden utelämnas; be källan om en rättad fil"],
  [
    "A TAB or line break stands inside a field of this row",
    "En tabb eller radbrytning står inne i ett av radens fält",
  ],
  [
    "Save the file in one encoding, or put “@encoding = windows-1252” into the mapping",
    "Spara filen i en teckenkodning, eller skriv ”@encoding = windows-1252” i kolumnernas namn",
  ],
  ["Give the register's file unchanged", "Ge registrets fil oförändrad"],
  ["Check the quotes around this row", "Se över citattecknen kring raden"],
  ["Check the number", "Kontrollera numret"],
];

/** The sentences as they are looked for; the one with most words of its own comes first, since others may fit a part of it. */
const TABLE = SWEDISH.map(([said, means]) => {
  const parts = said.split("{}").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return { pattern: new RegExp(`^${parts.join("(.+?)")}$`), means, own: parts.join("").length };
}).toSorted((a, b) => b.own - a.own);

/** Whether a sentence is one that has Swedish words. */
export function isKnownSentence(sentence: string): boolean {
  return TABLE.some(({ pattern }) => pattern.test(sentence));
}

/**
 * A reason or a remedy in the reader's language. The server writes them in English; a sentence that has no other words is shown as it was
 * written, which says more than nothing.
 */
export function rejectionWords(sentence: string, locale: Locale): string {
  if (locale !== "sv") return sentence;
  for (const { pattern, means } of TABLE) {
    const found = pattern.exec(sentence);
    if (found) {
      let next = 0;
      return means.replaceAll("{}", () => found[++next] ?? "");
    }
  }
  return sentence;
}

/** A located reason taken apart: `row 1, line 2, field Orgnr: the check digit is wrong … (“556677-1234”)`. */
const LOCATED = /^row \d+, line \d+(?:, column \d+)?(?:, field (.+?))?: (.+?)(?: \(“(.*)”\))?$/;

/** A reason that names its place, for where the line stands beside it: the column, the reason, and what stood there. */
export function locatedReason(reason: string, locale: Locale): string {
  const found = LOCATED.exec(reason);
  if (!found) return rejectionWords(reason, locale);
  const [, field, said = "", sample] = found;
  const words = rejectionWords(said, locale);
  const quoted = sample ? (locale === "sv" ? ` (”${sample}”)` : ` (“${sample}”)`) : "";
  return `${field ? `${field}: ` : ""}${words}${quoted}`;
}
