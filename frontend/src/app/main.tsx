import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { safeTarget } from "@/features/sign-in/search-params";
import { asApiError } from "@/shared/api/problem";
import { followSession } from "@/shared/auth/session";
import { watchConnection } from "@/shared/connection/connection";
import { followErrors, onCaughtError } from "@/shared/errors/reports";
import { loadLocale } from "@/shared/i18n/i18n";
import { handleKey } from "@/shared/keyboard/shortcuts";
import { followAnnouncements } from "@/shared/live/announce";
import { watchHand } from "@/shared/live/hand";
import { applyPreferences, getPreferences, subscribePreferences } from "@/shared/preferences/preferences";
import { offerCompanyActions, preloadCompanyActions } from "./company-actions";
import { offerCompanySections } from "./company-sections";
import { createAppRouter } from "./router";
import { preloadShell } from "./shell/shell";
import "./styles.css";
import "./print.css";

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      // What the server refused it will refuse again; only faults that may pass are tried once more.
      retry: (failures, error) => failures < 1 && asApiError(error).isTemporary,
      refetchOnWindowFocus: false,
      // A browser that believes to be offline can be wrong; and a call that waits for it would say nothing.
      networkMode: "always",
    },
    mutations: { networkMode: "always" },
  },
});

function followPreferences(): void {
  const preferences = getPreferences();
  applyPreferences(document.documentElement, preferences);
  void loadLocale(preferences.locale);
}

/** How long after the start the windows that keys open are fetched, so that the page itself comes first, in milliseconds. */
const PRELOAD_AFTER = 2_500;

function preloadWhenIdle(): void {
  const idle = window.requestIdleCallback ?? ((run: () => void) => setTimeout(run, 1));
  setTimeout(() => idle(() => void preloadCompanyActions().then(preloadShell)), PRELOAD_AFTER);
}

async function start(container: HTMLElement): Promise<void> {
  followErrors();
  followPreferences();
  subscribePreferences(followPreferences);
  window.addEventListener("keydown", handleKey);
  offerCompanyActions();
  offerCompanySections();
  const router = createAppRouter(queries);
  // The session can end in the middle of the work: sign in again, then go on where one was.
  followSession(() => {
    if (router.state.location.pathname === "/login") return;
    queries.clear();
    const to = safeTarget(router.state.location.href);
    void router.navigate({ to: "/login", search: to ? { to } : {} });
  });
  await loadLocale(getPreferences().locale);
  followAnnouncements(queries);
  watchHand();
  watchConnection(() => void queries.invalidateQueries());
  preloadWhenIdle();
  createRoot(container, { onCaughtError }).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </StrictMode>,
  );
}

const container = document.getElementById("root");
if (container) void start(container);
