import type { MessageKey } from "@/shared/i18n/en";
import type { Translate } from "@/shared/i18n/i18n";
import type { Stage } from "./queries";

const DEFAULT_NAMES: Record<string, MessageKey> = {
  new: "stage.new",
  researching: "stage.researching",
  contacted: "stage.contacted",
  in_discussion: "stage.in_discussion",
  meeting_scheduled: "stage.meeting_scheduled",
  interested: "stage.interested",
  deal_in_progress: "stage.deal_in_progress",
  not_interested: "stage.not_interested",
  passed: "stage.passed",
};

/** A stage's name: the team's own, else the word for a default stage, else its key. */
export function stageName(key: string, stages: readonly Stage[] | undefined, t: Translate): string {
  const own = stages?.find((stage) => stage.key === key)?.name;
  if (own) return own;
  const word = DEFAULT_NAMES[key];
  return word ? t(word) : key.replaceAll("_", " ");
}

const REASONS: Record<string, MessageKey> = {
  too_small: "pass.too_small",
  too_large: "pass.too_large",
  industry: "pass.industry",
  location: "pass.location",
  profitability: "pass.profitability",
  growth: "pass.growth",
  balance_sheet: "pass.balance_sheet",
  customer_concentration: "pass.customer_concentration",
  owner_not_selling: "pass.owner_not_selling",
  price: "pass.price",
  no_response: "pass.no_response",
  other: "pass.other",
};

/** A reason for passing in words, with what was written beside it. */
export function reasonLabel(
  reason: string | null | undefined,
  note: string | null | undefined,
  t: Translate,
): string {
  const word = reason ? REASONS[reason] : undefined;
  const words = word ? t(word) : (reason ?? "");
  if (!note) return words;
  return reason === "other" || words === "" ? note : `${words}: ${note}`;
}

/** The stages that prospects can stand in. */
export function activeStages(stages: readonly Stage[] | undefined): readonly Stage[] {
  return stages?.filter((stage) => !stage.is_retired) ?? [];
}
