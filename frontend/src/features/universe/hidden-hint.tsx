import { Link } from "@tanstack/react-router";
import { EyeOff } from "lucide-react";
import { useI18n } from "@/shared/i18n/i18n";

/** How many companies of the screen the organisation's exclusions hide, and the way to look at them. */
export function HiddenHint({ count, filter }: { count: number; filter: string | undefined }) {
  const { t } = useI18n();
  if (count === 0) return null;
  return (
    <Link
      from="/universe"
      to="/universe"
      search={(before) => ({ ...before, v: undefined, f: filter ? `(${filter}) and excluded` : "excluded" })}
      title={t("exclusions.look")}
      className="inline-flex items-center gap-1.5 text-ink-2 text-xs hover:text-ink hover:underline"
    >
      <EyeOff size={13} aria-hidden />
      {t("exclusions.hint", { count })}
    </Link>
  );
}
