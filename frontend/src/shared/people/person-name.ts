import type { Translate } from "@/shared/i18n/i18n";

/** How the database names and addresses the owner of an installation without sign-in, until somebody gives the account a name. */
const LOCAL_OWNER: readonly string[] = ["Local owner", "owner@lode.invalid"];

/** A person's name, or address where that is all there is, as it is shown; null stays null, for whoever is gone. */
export function personName(name: string, t: Translate): string;
export function personName(name: string | null | undefined, t: Translate): string | null;
export function personName(name: string | null | undefined, t: Translate): string | null {
  if (!name) return null;
  return LOCAL_OWNER.includes(name) ? t("account.local") : name;
}
