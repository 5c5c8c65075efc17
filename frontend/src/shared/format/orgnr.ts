/** Shows an organisation number as NNNNNN-NNNN, a Norwegian one as NNN NNN NNN; anything else is left as it is. */
export function formatOrgnr(orgnr: string): string {
  const digits = orgnr.replace(/\D/g, "");
  if (digits.length === 10) return `${digits.slice(0, 6)}-${digits.slice(6)}`;
  return digits.length === 9
    ? `${digits.slice(0, 3)}\u00a0${digits.slice(3, 6)}\u00a0${digits.slice(6)}`
    : orgnr;
}

/**
 * The digits of an organisation number typed in any usual way (hyphen, spaces, the 16 prefix, the forms of VAT
 * numbers), or null: ten, or nine that begin with 8 or 9 for Norway.
 */
export function parseOrgnr(text: string): string | null {
  const bare = text.toUpperCase().replace(/[\s-]/g, "");
  const swedish = /^(?:SE(\d{10})(?:01)?|16(\d{10})|(\d{10}))$/.exec(bare);
  if (swedish) return swedish[1] ?? swedish[2] ?? swedish[3] ?? null;
  return /^(?:NO)?([89]\d{8})(?:MVA)?$/.exec(bare)?.[1] ?? null;
}
