import { useRouter } from "@tanstack/react-router";
import { useMemo } from "react";

declare module "@tanstack/react-router" {
  interface HistoryState {
    /** The entry was made by opening a panel: Back closes it. */
    panel?: boolean;
  }
}

/** What a navigation is given so that the history fits. */
export type PanelOptions = {
  replace?: boolean;
  state: true | { panel: boolean };
};

/**
 * Panels whose content the address names. Opening one makes an entry of the history, so that Back closes it; showing another
 * company or figure in it makes none; closing it goes back to that entry's beginning, so that Back does not open it again.
 */
export function usePanelHistory() {
  const router = useRouter();
  return useMemo(
    () => ({
      show: (isOpen: boolean, go: (options: PanelOptions) => void) =>
        go(isOpen ? { replace: true, state: true } : { state: { panel: true } }),
      close: (go: (options: PanelOptions) => void) => {
        if (router.history.location.state.panel) router.history.back();
        else go({ replace: true, state: true });
      },
    }),
    [router],
  );
}
