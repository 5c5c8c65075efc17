/** Characters that are not seen: soft hyphens, zero-width ones and marks of direction. */
const UNSEEN = /[\u00ad\u200b-\u200f\u2060\ufeff]/;
const QUOTES = /["'“”„‟«»‘’‚‛]/;
const DASHES = /[‐‑‒–—−]/;

/** A text as quotes are compared, each character with its place in the text as it stands. */
function folded(text: string): { words: string; places: number[] } {
  let words = "";
  const places: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? "";
    if (UNSEEN.test(sign)) continue;
    // A word that was broken at the end of a line.
    const broken = /^-[ \t]*\r?\n\s*(?=\p{Ll})/u.exec(text.slice(at, at + 40));
    if (broken && /\p{L}$/u.test(words)) {
      at += broken[0].length - 1;
      continue;
    }
    let plain = sign.normalize("NFC");
    if (/\s/.test(sign)) {
      if (words === "" || words.endsWith(" ")) continue;
      plain = " ";
    } else if (QUOTES.test(sign)) plain = '"';
    else if (DASHES.test(sign)) plain = "-";
    words += plain;
    for (let n = 0; n < plain.length; n += 1) places.push(at);
  }
  return { words, places };
}

/**
 * Where a quote stands in a text, from its first character to behind its last. White space, hyphenation and the kinds of quotation
 * marks and dashes do not count, as they do not for the check of evidence; null where it does not stand there.
 */
export function findQuote(text: string, quote: string): { start: number; end: number } | null {
  const exact = text.indexOf(quote);
  if (exact >= 0 && quote !== "") return { start: exact, end: exact + quote.length };
  const page = folded(text);
  const wanted = folded(quote).words.trim();
  if (wanted === "") return null;
  const at = page.words.indexOf(wanted);
  const [start, last] = [page.places[at], page.places[at + wanted.length - 1]];
  return at < 0 || start === undefined || last === undefined ? null : { start, end: last + 1 };
}
