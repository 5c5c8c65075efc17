import { formatCompactAmount } from "@/shared/format/number";
import type { MessageKey } from "@/shared/i18n/en";
import type { Translate } from "@/shared/i18n/i18n";
import { personName } from "@/shared/people/person-name";
import type { Person } from "@/shared/people/queries";
import type { Locale } from "@/shared/preferences/preferences";
import type { Stage } from "@/shared/prospects/queries";
import { reasonLabel, stageName } from "@/shared/prospects/stage-labels";

const FIELDS: Record<string, MessageKey> = {
  stage: "prospects.field.stage",
  owner_id: "prospects.field.owner_id",
  next_action: "prospects.field.next_action",
  next_action_on: "prospects.field.next_action_on",
  last_contact_on: "prospects.field.last_contact_on",
  value_sek: "prospects.field.value_sek",
  pass_reason: "prospects.field.pass_reason",
  pass_note: "prospects.field.pass_note",
  scope: "prospects.field.scope",
  removed: "prospects.field.removed",
};

export type Words = {
  t: Translate;
  locale: Locale;
  stages: readonly Stage[] | undefined;
  people: readonly Person[] | undefined;
};

/** The name of a field. */
export function fieldName(field: string, t: Translate): string {
  const key = FIELDS[field];
  return key ? t(key) : field;
}

/** What a field holds, in words; a dash where it holds nothing. */
export function fieldLabel(field: string, value: unknown, { t, locale, stages, people }: Words): string {
  if (value === null || value === undefined || value === "") return "–";
  switch (field) {
    case "stage":
      return stageName(String(value), stages, t);
    case "owner_id":
      return personName(people?.find((person) => person.id === value)?.name, t) ?? t("notes.gone");
    case "value_sek":
      return formatCompactAmount(Number(value), locale);
    case "pass_reason":
      return reasonLabel(String(value), null, t);
    case "scope":
      return t(value === "private" ? "prospects.scope.private" : "prospects.scope.team");
    default:
      return String(value);
  }
}
