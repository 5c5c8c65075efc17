import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { useI18n } from "@/shared/i18n/i18n";
import { Button } from "@/shared/ui/button";
import { TextField } from "@/shared/ui/field";

/** Something that is shown this once, with a button that copies it. */
export function SecretBox({ label, value }: { label: string; value: string }) {
  const { t } = useI18n();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    setCopied(true);
  };
  return (
    <div className="flex items-start gap-2">
      <TextField
        readOnly
        aria-label={label}
        value={value}
        onFocus={(event) => event.target.select()}
        className="min-w-0 flex-1 font-mono text-xs"
      />
      <Button onClick={() => void copy()}>
        {copied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
        {t(copied ? "action.copied" : "tokens.copy")}
      </Button>
    </div>
  );
}
