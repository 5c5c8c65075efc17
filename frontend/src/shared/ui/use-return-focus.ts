import { useEffect } from "react";

/** Gives the focus back to where it was before this panel appeared, if the panel's end would leave it nowhere. */
export function useReturnFocus(): void {
  useEffect(() => {
    const before = document.activeElement;
    return () => {
      // After the panel has left the page: its own controls are gone by then.
      requestAnimationFrame(() => {
        const isNowhere = document.activeElement === null || document.activeElement === document.body;
        if (!isNowhere) return;
        const grid = document.querySelector<HTMLElement>("main [role='grid']");
        const target =
          before instanceof HTMLElement && before !== document.body && before.isConnected ? before : grid;
        target?.focus({ preventScroll: true });
      });
    };
  }, []);
}
