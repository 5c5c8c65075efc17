import { Outlet, useRouterState } from "@tanstack/react-router";
import { LanguageSwitch, ThemeSwitch } from "./quick-switches";
import { Shell } from "./shell";

/** Pages for people who are not signed in stand alone; all others stand in the shell. */
export function Frame() {
  // By the page that is drawn, not by the address, which changes before the next page has been fetched.
  const isAlone = useRouterState({
    select: (state) => state.matches.some(({ routeId }) => routeId === "/login" || routeId === "/accept"),
  });
  if (!isAlone) return <Shell />;
  return (
    <main className="relative h-full overflow-y-auto bg-canvas">
      <div className="absolute top-3 right-3 flex gap-2">
        <LanguageSwitch />
        <ThemeSwitch />
      </div>
      <Outlet />
    </main>
  );
}
