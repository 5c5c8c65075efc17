import { useSyncExternalStore } from "react";

/** As Tailwind's `sm`: below this width there is room for one column. */
const PHONE = "(max-width: 639.98px)";

function subscribe(listener: () => void): () => void {
  const query = window.matchMedia(PHONE);
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}

/** Whether the window is as narrow as a phone's, for what is laid out otherwise there rather than only smaller. */
export function useIsPhone(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => window.matchMedia(PHONE).matches,
    () => false,
  );
}
