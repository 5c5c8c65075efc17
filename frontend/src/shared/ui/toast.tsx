import { CircleAlert, CircleCheck, Undo2, X } from "lucide-react";
import { useEffect, useState, useSyncExternalStore } from "react";
import { asApiError } from "@/shared/api/problem";
import { useI18n } from "@/shared/i18n/i18n";
import { useShortcuts } from "@/shared/keyboard/shortcuts";
import { Button, IconButton, Kbd } from "./button";
import { cx } from "./class-names";
import { closeToast, currentToasts, subscribeToasts, type Toast, undoToast } from "./toast-store";

/** How long a message stays, in milliseconds; the time stands still while the pointer or the focus is on it. */
const STAY = 9_000;

/** The corner where messages appear. One stands in the shell; anything shows a message with `showToast`. */
export function Toaster() {
  const { t } = useI18n();
  const toasts = useSyncExternalStore(subscribeToasts, currentToasts, currentToasts);
  const newestUndo = toasts.findLast((toast) => toast.undo);
  useShortcuts(
    [
      {
        keys: "z",
        label: "shortcuts.undo",
        group: "shortcuts.group.everywhere",
        run: () => newestUndo && void undoToast(newestUndo),
      },
    ],
    newestUndo !== undefined,
  );
  return (
    <section
      aria-label={t("toast.region")}
      aria-live="polite"
      className="pointer-events-none fixed inset-x-2 bottom-[calc(var(--tray-space,0px)+0.5rem)] z-50 flex flex-col items-center gap-2 sm:bottom-[calc(var(--tray-space,0px)+1rem)] xl:bottom-4"
    >
      {toasts.map((toast) => (
        <Message key={toast.id} toast={toast} hasKey={toast === newestUndo} />
      ))}
    </section>
  );
}

function Message({ toast, hasKey }: { toast: Toast; hasKey: boolean }) {
  const { t } = useI18n();
  const [held, setHeld] = useState(false);
  const failed = toast.error !== undefined;
  useEffect(() => {
    if (held || failed) return;
    const timer = setTimeout(() => closeToast(toast.id), STAY);
    return () => clearTimeout(timer);
  }, [held, failed, toast.id]);
  const problem = failed ? asApiError(toast.error) : null;
  const Icon = failed ? CircleAlert : CircleCheck;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the pointer and the focus only hold the time.
    <div
      role={failed ? "alert" : undefined}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className="popover-in pointer-events-auto flex max-w-full items-center gap-2 rounded-lg bg-raised py-1.5 pr-1.5 pl-3 text-sm shadow-popover"
    >
      <Icon size={16} aria-hidden className={cx("shrink-0", failed ? "text-bad" : "text-good")} />
      <div className="min-w-0 py-0.5">
        <p className="break-words">{t(toast.text.key, toast.text.values)}</p>
        {problem && (
          <p className="break-words text-ink-2 text-xs">
            {problem.status === 0 ? t("error.offline") : (problem.detail ?? problem.title)}
          </p>
        )}
      </div>
      {toast.link && (
        <a
          href={toast.link.to}
          className="shrink-0 px-1.5 font-medium text-accent underline underline-offset-2 hover:text-accent-strong"
        >
          {t(toast.link.text.key, toast.link.text.values)}
        </a>
      )}
      {toast.action && (
        <Button
          look="plain"
          onClick={() => {
            closeToast(toast.id);
            toast.action?.run();
          }}
          className="shrink-0"
        >
          {t(toast.action.text.key, toast.action.text.values)}
        </Button>
      )}
      {toast.undo && (
        <Button look="plain" onClick={() => void undoToast(toast)} className="shrink-0">
          <Undo2 size={14} aria-hidden /> {t("action.undo")}
          {hasKey && <Kbd>z</Kbd>}
        </Button>
      )}
      <IconButton size="sm" label={t("action.close")} onClick={() => closeToast(toast.id)}>
        <X size={14} aria-hidden />
      </IconButton>
    </div>
  );
}
