import { useI18n } from "@/shared/i18n/i18n";
import { Button, IconButton } from "@/shared/ui/button";
import { type CompanyRef, openCompanyAction, useCompanyActions } from "./company-actions";

/** A button for each thing that can be done with the companies; `icons` where there is little room, with a word for the commonest on a wide screen. */
export function CompanyActionButtons({
  companies,
  icons = false,
  withWords = false,
}: {
  companies: readonly CompanyRef[];
  icons?: boolean;
  /** Icons, and beside the commonest their word where the window is wide. */
  withWords?: boolean;
}) {
  const { t } = useI18n();
  const actions = useCompanyActions().filter((action) => companies.length === 1 || !action.single);
  return actions.map((action) =>
    icons ? (
      <IconButton
        key={action.id}
        label={t(action.label)}
        aria-keyshortcuts={action.keys}
        onClick={() => openCompanyAction(action, companies)}
        className={withWords && action.short ? "xl:w-auto xl:gap-1.5 xl:px-1.5" : undefined}
      >
        <action.icon size={15} aria-hidden />
        {withWords && action.short && (
          <span className="font-medium text-xs max-xl:hidden">{t(action.short)}</span>
        )}
      </IconButton>
    ) : (
      <Button
        key={action.id}
        look="ghost"
        size="sm"
        aria-keyshortcuts={action.keys}
        onClick={() => openCompanyAction(action, companies)}
      >
        <action.icon size={13} aria-hidden /> {t(action.label)}
      </Button>
    ),
  );
}
