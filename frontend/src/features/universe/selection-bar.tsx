import { Blend, Copy, X } from "lucide-react";
import { CompanyActionButtons } from "@/shared/actions/company-action-buttons";
import type { CompanyRef } from "@/shared/actions/company-actions";
import { useI18n } from "@/shared/i18n/i18n";
import { Button, IconButton } from "@/shared/ui/button";
import { copyText } from "@/shared/ui/copy-text";
import { showFailure, showToast } from "@/shared/ui/toast-store";

/** How many companies are selected and what can be done with them. */
export function SelectionBar({
  selected,
  companies,
  onSimilar,
  onClear,
}: {
  selected: ReadonlySet<string>;
  companies: readonly CompanyRef[];
  onSimilar: () => void;
  onClear: () => void;
}) {
  const { t } = useI18n();
  const copy = async () => {
    try {
      await copyText([...selected].join("\n"));
      showToast({ text: { key: "universe.copied", values: { count: selected.size } } });
    } catch (error) {
      showFailure("universe.copyFailed", error);
    }
  };
  return (
    <section
      aria-label={t("universe.selection")}
      className="relative flex h-9 shrink-0 items-center gap-0.5 overflow-x-auto border-line border-b bg-accent-soft px-4 text-accent-strong max-sm:px-3"
    >
      <span role="status" className="tabular mr-2 shrink-0 font-medium text-xs">
        {t("universe.selected", { count: selected.size })}
      </span>
      <CompanyActionButtons companies={companies} />
      <Button look="ghost" size="sm" onClick={onSimilar}>
        <Blend size={13} aria-hidden /> {t("universe.view.similar")}
      </Button>
      <Button look="ghost" size="sm" onClick={() => void copy()}>
        <Copy size={13} aria-hidden /> {t("universe.copyNumbers")}
      </Button>
      <IconButton size="sm" label={t("table.selectNone")} onClick={onClear} className="ml-auto">
        <X size={13} aria-hidden />
      </IconButton>
    </section>
  );
}
