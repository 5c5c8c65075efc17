import { useNavigate } from "@tanstack/react-router";
import type { CompanyActionProps } from "@/shared/actions/company-actions";
import { nameCompanies } from "@/shared/actions/company-labels";
import { useI18n } from "@/shared/i18n/i18n";
import { Dialog } from "@/shared/ui/dialog";
import { RunForm } from "./run-form";

/** A run over the companies that were chosen elsewhere. */
export default function StartRunDialog({ companies, onClose }: CompanyActionProps) {
  const { t } = useI18n();
  const navigate = useNavigate();
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("runs.startRun")}
      description={nameCompanies(companies, t)}
    >
      <RunForm
        selection={{ type: "companies", orgnrs: companies.map((company) => company.orgnr) }}
        onStarted={(id) => {
          onClose();
          void navigate({ to: "/ai/runs/$id", params: { id } });
        }}
      />
    </Dialog>
  );
}
