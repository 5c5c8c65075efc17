import type { notifications as english } from "../en/notifications";
import type { Message } from "../translate";

/** Swedish texts of notifications. */
export const notifications: Record<keyof typeof english, Message> = {
  "notifications.title": "Notiser",
  "notifications.open": { one: "Notiser, {count} oläst", other: "Notiser, {count} olästa" },
  "notifications.none": "Inget nytt",
  "notifications.noneText":
    "Här får du veta när en kollega kallar på dig i en anteckning, ger dig ett prospekt, eller en bevakad vy ändras.",
  "notifications.markAll": "Markera alla som lästa",
  "notifications.markRead": "Markera som läst",
  "notifications.markUnread": "Markera som oläst",
  "notifications.unread": "Oläst",
  "notifications.more": "Visa tidigare",
  "notifications.failed": "Det gick inte att markera",
  "notifications.mention": "{name} kallade på dig i en anteckning om {company}",
  "notifications.assigned": "{name} gav dig {company}",
  "notifications.assignedMany": "{name} gav dig {count} prospekt",
  "notifications.screenChanged": "{screen}: {entered} tillkom, {left} föll bort",
  "notifications.screenDigest": {
    one: "{count} bevakad vy ändrades",
    other: "{count} bevakade vyer ändrades",
  },
  "notifications.other": "{kind}",
};
