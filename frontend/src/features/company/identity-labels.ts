import type { ValueStyle } from "@/shared/format/field-value";
import type { MessageKey } from "@/shared/i18n/en";

const KNOWN: Record<string, MessageKey> = {
  balance_sheet: "identity.balance_sheet",
  assets: "identity.assets",
  financial_items: "identity.financial_items",
  appropriations: "identity.appropriations",
  tax: "identity.tax",
  scale: "identity.scale",
  one_amount: "identity.one_amount",
  negative_amounts: "identity.negative_amounts",
  signs: "identity.signs",
};

/** Broken identities in words; the server sends a key, or an object with the key and a label of its own. */
export function identityLabel(
  identities: readonly unknown[] | null | undefined,
  { t, locale }: ValueStyle,
): string {
  return (identities ?? [])
    .map((identity) => {
      if (typeof identity === "string") {
        const key = KNOWN[identity];
        return key ? t(key) : identity.replaceAll("_", " ");
      }
      if (typeof identity === "object" && identity !== null) {
        const label = (identity as { label?: unknown; key?: unknown }).label;
        if (typeof label === "string") return label;
        if (typeof label === "object" && label !== null)
          return String((label as Record<string, unknown>)[locale] ?? "");
      }
      return String(identity);
    })
    .join("; ");
}
