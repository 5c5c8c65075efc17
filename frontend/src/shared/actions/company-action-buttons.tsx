import { useI18n } from "@/shared/i18n/i18n";
import { Button, IconButton } from "@/shared/ui/button";
import { type CompanyRef, openCompanyAction, useCompanyActions } from "./company-actions";

/** A button for each thing that can be done with the companies; `icons` where there is little room. */
export function CompanyActionButtons({
  companies,
  icons = false,
}: {
  companies: readonly CompanyRef[];
  icons?: boolean;
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
      >
        <action.icon size={15} aria-hidden />
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
