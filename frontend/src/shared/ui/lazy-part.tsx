import { X } from "lucide-react";
import { type ComponentType, type FunctionComponent, useEffect, useId, useReducer, useRef } from "react";
import { lookForNewVersion, onConnection, tryAgain, useConnection } from "@/shared/connection/connection";
import type { MessageKey } from "@/shared/i18n/en";
import { loadEveryText, useI18n } from "@/shared/i18n/i18n";
import { Button, IconButton } from "./button";
import { PageBar } from "./section";
import { LoadingBlock } from "./states";

/** Pauses before a part is asked for again, in milliseconds. */
const PAUSES = [300, 1_200];

/** A part of the app in a file of its own. It can be fetched before it is shown. */
export type LazyPart<Props> = FunctionComponent<Props> & { preload: () => Promise<void> };

/** What stands in a part's place while it is on its way, and when it did not come. */
export type Placeholder = {
  loading?: ComponentType;
  /** `page`: in the middle of the page; `dialog`: in a window that can be closed. */
  frame?: "page" | "dialog";
  /** Whether the part shows nothing but texts of the first load, so that it need not wait for the others. */
  isOfStart?: boolean;
};

/**
 * A part of the app that is fetched when it is needed. Unlike React's own `lazy` it does not give up: a file that did not come
 * (server away, newer release) is asked for again, and meanwhile that is said in its place; the rest of the app stays.
 */
export function lazyPart<Props extends object>(
  load: () => Promise<{ default: ComponentType<Props> }>,
  { loading: Loading, frame = "page", isOfStart = false }: Placeholder = {},
): LazyPart<Props> {
  let Part: ComponentType<Props> | null = null;
  let pending: Promise<void> | null = null;
  let hasFailed = false;
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of listeners) listener();
  };

  const attempt = async () => {
    for (const pause of [...PAUSES, null]) {
      try {
        const [file] = await Promise.all([load(), isOfStart ? null : loadEveryText()]);
        Part = file.default;
        hasFailed = false;
        return;
      } catch {
        if (pause === null) {
          hasFailed = true;
          void tryAgain();
          void lookForNewVersion();
          return;
        }
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
  };
  const preload = (): Promise<void> => {
    if (Part) return Promise.resolve();
    pending ??= attempt().finally(() => {
      pending = null;
      tell();
    });
    return pending;
  };

  // biome-ignore lint/correctness/noComponentHookFactories: a part is made once, where its module begins, not in a render.
  function Lazy(props: Props) {
    const [, redraw] = useReducer((count: number) => count + 1, 0);
    useEffect(() => {
      listeners.add(redraw);
      if (!Part) void preload();
      // The server is back: what did not come is asked for once more.
      const stop = onConnection(({ reachable }) => {
        if (reachable && !Part) void preload();
      });
      return () => {
        listeners.delete(redraw);
        stop();
      };
    }, []);
    if (Part) return <Part {...props} />;
    if (!hasFailed || pending) return Loading ? <Loading /> : null;
    const onRetry = () => {
      hasFailed = false;
      redraw();
      void preload();
    };
    if (frame === "page") return <Missing onRetry={onRetry} />;
    const { onClose } = props as { onClose?: () => void };
    return <MissingDialog onRetry={onRetry} onClose={onClose} />;
  }
  return Object.assign(Lazy, { preload });
}

/** The same for a page of the router, where a named export is the page; its title stands there from the beginning. */
export function lazyPage<File>(
  load: () => Promise<File>,
  name: keyof File,
  title?: MessageKey,
  isOfStart = false,
): LazyPart<object> {
  return lazyPart<object>(async () => ({ default: (await load())[name] as ComponentType }), {
    loading: () => <PageLoading title={title} />,
    isOfStart,
  });
}

function PageLoading({ title }: { title?: MessageKey }) {
  const { t } = useI18n();
  return (
    <>
      {title && <PageBar title={t(title)} />}
      <LoadingBlock lines={12} />
    </>
  );
}

function Missing({ onRetry }: { onRetry: () => void }) {
  const { t } = useI18n();
  const { isOutdated } = useConnection();
  return (
    <div role="alert" className="flex flex-col items-start gap-2 p-4 text-sm">
      <p className="font-medium">{t("part.missing")}</p>
      <p className="text-ink-2">{t(isOutdated ? "connection.newVersion" : "part.missingText")}</p>
      <div className="flex gap-2">
        {isOutdated && (
          <Button look="primary" onClick={() => window.location.reload()}>
            {t("connection.reload")}
          </Button>
        )}
        <Button onClick={onRetry}>{t("action.retry")}</Button>
      </div>
    </div>
  );
}

/** The browser's own window: this one must be there when nothing else comes. */
function MissingDialog({ onRetry, onClose }: { onRetry: () => void; onClose?: () => void }) {
  const { t } = useI18n();
  const box = useRef<HTMLDialogElement>(null);
  const title = useId();
  useEffect(() => box.current?.showModal(), []);
  return (
    <dialog
      ref={box}
      data-modal="true"
      // biome-ignore lint/a11y/noRedundantRoles: the shortcuts look for open windows by their role.
      role="dialog"
      aria-labelledby={title}
      onClose={() => onClose?.()}
      className="m-auto mt-[12vh] w-[min(26rem,calc(100vw-1.5rem))] rounded-lg bg-surface text-ink shadow-popover backdrop:bg-[oklch(0.2_0.02_230/0.32)]"
    >
      <div className="flex items-start gap-3 border-line border-b px-4 py-2.5">
        <h2 id={title} className="min-w-0 flex-1 pt-0.5 font-semibold text-base">
          {t("part.missing")}
        </h2>
        <IconButton label={t("action.close")} onClick={() => box.current?.close()}>
          <X size={16} aria-hidden />
        </IconButton>
      </div>
      <Missing onRetry={onRetry} />
    </dialog>
  );
}
