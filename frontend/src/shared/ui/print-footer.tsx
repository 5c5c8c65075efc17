import { useI18n } from "@/shared/i18n/i18n";

/** What a printed page ends with: where it comes from and when it was printed. On the screen it is not there. */
export function PrintFooter() {
  const { t, locale } = useI18n();
  const now = new Intl.DateTimeFormat(locale === "sv" ? "sv-SE" : "en-GB", {
    dateStyle: "medium",
    timeStyle: "short",
  });
  return (
    <p data-print-footer className="hidden pt-3 text-2xs text-ink-2 print:block">
      {t("print.source", { when: now.format(new Date()), where: window.location.host })}
    </p>
  );
}
