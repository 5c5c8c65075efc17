import { reasonLabel, stageName } from "@/shared/prospects/stage-labels";
import { fieldName, type Words } from "./field-labels";

type Detail = Record<string, unknown>;

function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

/** What somebody did, as the rest of a sentence that begins with their name. Kinds that are not known are shown as they are. */
export function activityLabel(kind: string, raw: unknown, words: Words): string {
  const { t, stages } = words;
  const detail: Detail = typeof raw === "object" && raw !== null ? (raw as Detail) : {};
  const stage = (value: unknown) => stageName(String(value ?? ""), stages, t);
  const name = text(detail.name) ?? text(detail.list) ?? text(detail.label);
  switch (kind) {
    case "prospect.added":
      return t("activity.prospect.added", { stage: stage(detail.stage) });
    case "prospect.moved":
      return t("activity.prospect.moved", { from: stage(detail.from), to: stage(detail.to) });
    case "prospect.passed":
      return t("activity.prospect.passed", {
        reason: reasonLabel(text(detail.pass_reason), text(detail.pass_note), t),
      });
    case "prospect.edited": {
      const fields = Object.keys((detail.fields as Detail | undefined) ?? {});
      const named = fields.map((field) => fieldName(field, t).toLocaleLowerCase(words.locale));
      return t("activity.prospect.edited", { fields: named.join(", ") });
    }
    case "prospect.removed":
      return t("activity.prospect.removed");
    case "prospect.restored":
      return t("activity.prospect.restored");
    case "note.added":
      if (detail.kind === "call") return t("activity.note.call");
      if (detail.kind === "email") return t("activity.note.email");
      if (detail.kind === "meeting") return t("activity.note.meeting");
      return t("activity.note.added");
    case "note.edited":
      return t("activity.note.edited");
    case "note.deleted":
      return t("activity.note.deleted");
    case "note.restored":
      return t("activity.note.restored");
    case "list.added":
      return t("activity.list.added", { name: name ?? t("activity.aList") });
    case "list.removed":
      return t("activity.list.removed", { name: name ?? t("activity.aList") });
    case "label.added":
      return t("activity.label.added", { name: name ?? t("activity.aLabel") });
    case "label.removed":
      return t("activity.label.removed", { name: name ?? t("activity.aLabel") });
    case "exclusion.added":
      return t("activity.exclusion.added");
    case "exclusion.removed":
      return t("activity.exclusion.removed");
    case "enrichment.started":
      return t("activity.enrichment.started", { name: name ?? "" });
    case "analysis.started":
      return t("activity.analysis.started", { name: name ?? "" });
    case "company.exported":
      return t("activity.company.exported");
    default:
      return kind.replaceAll(".", " ").replaceAll("_", " ");
  }
}
