import type { MessageKey } from "@/shared/i18n/en";
import type { Translate } from "@/shared/i18n/i18n";

/** What the server calls people to whom nobody has given a name: the owner of an installation without sign-in, its first administrator,
 * and who was erased. */
const UNNAMED: Record<string, MessageKey> = {
  "Local owner": "account.local",
  "owner@lode.invalid": "account.local",
  Administrator: "role.admin",
  "Erased person": "account.erased",
};

/** A person's name, or address where that is all there is, as it is shown; null stays null, for whoever is gone. */
export function personName(name: string, t: Translate): string;
export function personName(name: string | null | undefined, t: Translate): string | null;
export function personName(name: string | null | undefined, t: Translate): string | null {
  if (!name) return null;
  const words = UNNAMED[name];
  return words ? t(words) : name;
}
