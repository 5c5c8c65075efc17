import type { ReactNode } from "react";
import { useI18n } from "@/shared/i18n/i18n";
import { cx } from "@/shared/ui/class-names";

/** A figure that opens where it comes from. `figure` is `key:period_end`; `words` say of a screen reader's figure what it is. */
export function FigureButton({
  figure,
  words,
  isOpen = false,
  onFigure,
  className,
  children,
}: {
  figure: string;
  words: { line: string; period: string; value: string };
  isOpen?: boolean;
  onFigure: (figure: string) => void;
  className?: string;
  children: ReactNode;
}) {
  const { t } = useI18n();
  return (
    <button
      type="button"
      aria-pressed={isOpen}
      onClick={() => onFigure(figure)}
      className={cx(
        // At least 24 pixels high, so that it can be met beside others.
        "min-h-6 hover:text-accent hover:underline hover:decoration-dotted hover:underline-offset-3 focus-visible:-outline-offset-2",
        isOpen && "bg-selected text-accent-strong",
        className,
      )}
    >
      {children}
      <span className="sr-only"> {t("company.openFigure", words)}</span>
    </button>
  );
}
