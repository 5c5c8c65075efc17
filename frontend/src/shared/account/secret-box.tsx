import { Check, Copy } from "lucide-react";
import { useI18n } from "@/shared/i18n/i18n";
import { Button } from "@/shared/ui/button";
import { TextField } from "@/shared/ui/field";
import { useCopy } from "@/shared/ui/use-copy";

/** Something that is shown this once, with a button that copies it. */
export function SecretBox({ label, value }: { label: string; value: string }) {
  const { t } = useI18n();
  const [copied, copy] = useCopy();
  return (
    <div className="flex items-start gap-2">
      <TextField
        readOnly
        aria-label={label}
        value={value}
        onFocus={(event) => event.target.select()}
        className="min-w-0 flex-1 font-mono text-xs"
      />
      <Button onClick={() => copy(value)}>
        {copied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
        {t(copied ? "action.copied" : "tokens.copy")}
      </Button>
    </div>
  );
}
