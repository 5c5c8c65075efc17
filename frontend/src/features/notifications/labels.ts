import { formatOrgnr } from "@/shared/format/orgnr";
import type { Translate } from "@/shared/i18n/i18n";
import { personName } from "@/shared/people/person-name";
import type { Notification } from "./queries";

type Detail = Record<string, unknown>;

/** A notification in a sentence. */
export function notificationLabel(one: Notification, t: Translate): string {
  const detail: Detail = typeof one.detail === "object" && one.detail !== null ? (one.detail as Detail) : {};
  const name = personName(one.actor_name, t) ?? t("conflict.somebody");
  const company = one.company_name ?? (one.orgnr ? formatOrgnr(one.orgnr) : "");
  const number = (key: string) => Number(detail[key] ?? 0);
  switch (one.kind) {
    case "mention":
      return t("notifications.mention", { name, company });
    case "assigned":
      return one.orgnr
        ? t("notifications.assigned", { name, company })
        : t("notifications.assignedMany", { name, count: number("count") });
    case "screen_changed":
      return t("notifications.screenChanged", {
        screen: String(detail.view_name ?? ""),
        entered: number("entered_count"),
        left: number("left_count"),
      });
    case "screen_digest":
      return t("notifications.screenDigest", { count: number("screens") });
    default:
      return t("notifications.other", { kind: one.kind.replaceAll("_", " ") });
  }
}

/** Where a notification leads. */
export function notificationTarget(one: Notification): { to: string; search?: Record<string, string> } {
  if (one.orgnr) return { to: `/company/${one.orgnr}` };
  if (one.kind === "assigned") return { to: "/prospects", search: { owner: "me" } };
  const change = one.subject?.startsWith("change:") ? one.subject.slice("change:".length) : null;
  return change ? { to: "/", search: { change } } : { to: "/" };
}
