/** Shows an organisation number as NNNNNN-NNNN; anything else is left as it is. */
export function formatOrgnr(orgnr: string): string {
  const digits = orgnr.replace(/\D/g, "");
  return digits.length === 10 ? `${digits.slice(0, 6)}-${digits.slice(6)}` : orgnr;
}

/** The ten digits of an organisation number typed in any usual way (with hyphen, spaces or the 16 prefix), or null. */
export function parseOrgnr(text: string): string | null {
  const digits = text.replace(/[\s-]/g, "");
  if (/^16\d{10}$/.test(digits)) return digits.slice(2);
  return /^\d{10}$/.test(digits) ? digits : null;
}
