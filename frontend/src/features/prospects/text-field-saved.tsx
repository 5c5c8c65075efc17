import { useState } from "react";
import { TextField } from "@/shared/ui/field";

/** A text or day that is kept when the field is left or with Enter; Escape takes back what was typed. */
export function SavedField({
  value,
  label,
  type = "text",
  disabled,
  maxLength,
  className,
  id,
  onSave,
}: {
  value: string | null | undefined;
  label: string;
  type?: "text" | "date";
  disabled?: boolean;
  maxLength?: number;
  className?: string;
  id?: string;
  onSave: (value: string | null) => void;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const [hasFocus, setHasFocus] = useState(false);
  const save = () => {
    if (typed === null) return;
    setTyped(null);
    const next = typed.trim() === "" ? null : typed.trim();
    if (next !== (value ?? null)) onSave(next);
  };
  return (
    <TextField
      id={id}
      // A day reads as 2026-03-31 in every browser; the picker appears with the focus.
      type={type === "date" && !hasFocus ? "text" : type}
      placeholder={type === "date" ? "–" : undefined}
      onFocus={() => setHasFocus(true)}
      aria-label={label}
      disabled={disabled}
      maxLength={maxLength}
      value={typed ?? value ?? ""}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={() => {
        setHasFocus(false);
        save();
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter") save();
        if (event.key === "Escape" && typed !== null) {
          setTyped(null);
          event.stopPropagation();
        }
      }}
      className={className}
    />
  );
}
