import { useCatalogue } from "@/shared/catalogue/fields";
import { codeLabel } from "@/shared/format/field-value";
import { useI18n } from "@/shared/i18n/i18n";
import { Badge, type Tone } from "@/shared/ui/badge";

const TONES: Record<string, Tone> = {
  active: "good",
  dormant: "neutral",
  winding_up: "warn",
  bankrupt: "bad",
  deregistered: "bad",
};

/** The company's status in the register, in words. */
export function StatusBadge({ status }: { status: string }) {
  const { locale } = useI18n();
  const { fields } = useCatalogue();
  const field = fields.get("status");
  return <Badge tone={TONES[status] ?? "neutral"}>{field ? codeLabel(field, status, locale) : status}</Badge>;
}
