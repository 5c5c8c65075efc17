/**
 * Errors of the web app, reported to the Sentry project of the build (`VITE_SENTRY_DSN`); without one nothing of this is in the bundle. What
 * sends them is fetched with the first error, so the first page does not grow.
 */

import type { ErrorInfo } from "react";

const DSN = import.meta.env.VITE_SENTRY_DSN ?? "";

/** Reports an error where a project is set; never throws. */
export function report(error: unknown, dsn: string = DSN): Promise<void> {
  if (!dsn) return Promise.resolve();
  const sending = import("./envelope").then(({ send }) => send(dsn, error));
  // A report that cannot be sent is not reported.
  return sending.catch(() => undefined);
}

/** Reports what nobody caught, from now on; returns how to stop. */
export function followErrors(dsn: string = DSN): () => void {
  if (!dsn) return () => undefined;
  const onError = (event: ErrorEvent) => void report(event.error ?? event.message, dsn);
  const onRejection = (event: PromiseRejectionEvent) => void report(event.reason, dsn);
  window.addEventListener("error", onError);
  window.addEventListener("unhandledrejection", onRejection);
  return () => {
    window.removeEventListener("error", onError);
    window.removeEventListener("unhandledrejection", onRejection);
  };
}

/** For React's root: what a boundary caught is shown to the person, written to the console as before, and reported. */
export function onCaughtError(error: unknown, info: ErrorInfo): void {
  // biome-ignore lint/suspicious/noConsole: React writes it there when nobody else takes it
  console.error(error, info.componentStack);
  void report(error);
}
