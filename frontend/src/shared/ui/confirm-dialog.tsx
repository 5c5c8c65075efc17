import { useI18n } from "@/shared/i18n/i18n";
import { Button } from "./button";
import { Dialog } from "./dialog";

/** Asks before something that cannot be taken back. The harmless answer has the focus. */
export function ConfirmDialog({
  title,
  text,
  action,
  onConfirm,
  onClose,
}: {
  title: string;
  text?: string;
  /** What is about to happen, as a verb: it names the button. */
  action: string;
  onConfirm: () => void;
  onClose: () => void;
}) {
  const { t } = useI18n();
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={title} className="max-w-[26rem]">
      {text && <p className="mb-4 text-ink-2">{text}</p>}
      <div className="flex justify-end gap-2">
        <Button autoFocus onClick={onClose}>
          {t("action.cancel")}
        </Button>
        <Button
          look="primary"
          onClick={() => {
            onConfirm();
            onClose();
          }}
        >
          {action}
        </Button>
      </div>
    </Dialog>
  );
}
