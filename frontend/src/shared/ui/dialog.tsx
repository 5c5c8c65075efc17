import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { useI18n } from "@/shared/i18n/i18n";
import { cx } from "./class-names";

type DialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: string;
  children: ReactNode;
  className?: string;
};

const OVERLAY = "fixed inset-0 bg-[oklch(0.2_0.02_230/0.32)] dark:bg-black/60";

function CloseButton() {
  const { t } = useI18n();
  return (
    <Radix.Close
      aria-label={t("action.close")}
      className="inline-flex size-7 shrink-0 items-center justify-center rounded-md text-ink-2 hover:bg-hover hover:text-ink"
    >
      <X size={16} aria-hidden />
    </Radix.Close>
  );
}

/** A modal window in the middle, `tall` for one that is read at length. Focus is kept inside and given back when it closes. */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  children,
  className,
  tall = false,
}: DialogProps & { tall?: boolean }) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={cx(OVERLAY, "z-40")} />
        <Radix.Content
          data-modal="true"
          {...(description ? {} : { "aria-describedby": undefined })}
          className={cx(
            tall ? "top-[4vh] max-h-[92vh]" : "top-[12vh] max-h-[76vh]",
            "popover-in fixed left-1/2 z-50 flex w-[min(40rem,calc(100vw-1.5rem))] -translate-x-1/2 flex-col overflow-hidden rounded-lg bg-surface shadow-popover",
            className,
          )}
        >
          <div className="flex items-start gap-3 border-line border-b px-4 py-2.5">
            <div className="min-w-0 flex-1 pt-0.5">
              <Radix.Title className="font-semibold text-base">{title}</Radix.Title>
              {description && (
                <Radix.Description className="text-ink-2 text-xs">{description}</Radix.Description>
              )}
            </div>
            <CloseButton />
          </div>
          <div className="overflow-y-auto p-4">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** A panel at the right edge (the whole width on a phone) beside which the page stays usable. */
export function Sheet({
  open,
  onOpenChange,
  title,
  description,
  children,
  modal = false,
  over = false,
  width = "26rem",
}: DialogProps & {
  modal?: boolean;
  /** Whether it may be opened from a window in the middle, and then lies above it. */
  over?: boolean;
  width?: string;
}) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange} modal={modal}>
      <Radix.Portal>
        {modal && <Radix.Overlay className={cx(OVERLAY, over ? "z-50" : "z-40")} />}
        <Radix.Content
          data-modal={modal}
          {...(description ? {} : { "aria-describedby": undefined })}
          onInteractOutside={modal ? undefined : (event) => event.preventDefault()}
          style={{ width: `min(${width}, 100vw)` }}
          className={cx(
            "fixed inset-y-0 right-0 flex flex-col border-line border-l bg-surface shadow-popover",
            over ? "z-50" : "z-40",
          )}
        >
          <div className="flex items-start gap-3 border-line border-b px-4 py-2.5">
            <div className="min-w-0 flex-1 pt-0.5">
              <Radix.Title className="font-semibold text-base">{title}</Radix.Title>
              {description && (
                <Radix.Description className="text-ink-2 text-xs">{description}</Radix.Description>
              )}
            </div>
            <CloseButton />
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
