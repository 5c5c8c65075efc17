import type { Message } from "../translate";

/** English texts of notifications. */
export const notifications = {
  "notifications.title": "Notifications",
  "notifications.open": { one: "Notifications, {count} unread", other: "Notifications, {count} unread" },
  "notifications.none": "Nothing new",
  "notifications.noneText":
    "You are told here when a colleague calls you in a note, gives you a prospect, or a screen you watch changes.",
  "notifications.markAll": "Mark all as read",
  "notifications.markRead": "Mark as read",
  "notifications.markUnread": "Mark as unread",
  "notifications.unread": "Unread",
  "notifications.more": "Show earlier",
  "notifications.failed": "It could not be marked",
  "notifications.mention": "{name} called you in a note on {company}",
  "notifications.assigned": "{name} gave you {company}",
  "notifications.assignedMany": "{name} gave you {count} prospects",
  "notifications.screenChanged": "{screen}: {entered} entered, {left} left",
  "notifications.screenDigest": {
    one: "{count} watched screen changed",
    other: "{count} watched screens changed",
  },
  "notifications.other": "{kind}",
} satisfies Record<string, Message>;
