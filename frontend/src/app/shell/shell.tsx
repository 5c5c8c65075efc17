import { useQueryClient } from "@tanstack/react-query";
import { Outlet, useNavigate, useRouterState } from "@tanstack/react-router";
import { Menu as MenuIcon, Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { NotificationBell, preloadNotifications } from "@/features/notifications/notification-bell";
import { CompanyActionHost } from "@/shared/actions/company-action-host";
import { ConnectionBar } from "@/shared/connection/connection-bar";
import { useFollowedExports } from "@/shared/exports/followed";
import { useI18n } from "@/shared/i18n/i18n";
import { useShortcuts } from "@/shared/keyboard/shortcuts";
import { followLive } from "@/shared/live/follow-live";
import { setPreferences, usePreferences } from "@/shared/preferences/preferences";
import { IconButton } from "@/shared/ui/button";
import { cx } from "@/shared/ui/class-names";
import { lazyPart } from "@/shared/ui/lazy-part";
import { LodeMark } from "@/shared/ui/mark";
import { preloadMenus } from "@/shared/ui/menu";
import { PrintFooter } from "@/shared/ui/print-footer";
import { Toaster } from "@/shared/ui/toast";
import { Sidebar } from "./sidebar";

const CommandPalette = lazyPart(() => import("./command-palette"), { frame: "dialog" });
const ShortcutHelp = lazyPart(() => import("./shortcut-help"), { frame: "dialog" });
const ExportTray = lazyPart(async () => ({
  default: (await import("@/shared/exports/export-tray")).ExportTray,
}));

/** Fetches the windows of the frame, so that their keys work when the server is away. */
export async function preloadShell(): Promise<void> {
  await preloadMenus();
  await CommandPalette.preload();
  await ShortcutHelp.preload();
  await preloadNotifications();
  await ExportTray.preload();
}

/** The frame around every page: navigation at the left, and the palette and keyboard help above it all. */
export function Shell() {
  const { t } = useI18n();
  const navigate = useNavigate();
  const { sidebar } = usePreferences();
  const queries = useQueryClient();
  const [palette, setPalette] = useState(false);
  const [help, setHelp] = useState(false);
  const [drawer, setDrawer] = useState(false);
  const followed = useFollowedExports();
  const main = useRef<HTMLElement>(null);
  const path = useRouterState({ select: (state) => state.location.pathname });

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new path is what closes the drawer.
  useEffect(() => setDrawer(false), [path]);

  // The frame is there for as long as somebody is signed in.
  useEffect(() => followLive(queries), [queries]);

  useShortcuts([
    {
      keys: "mod+k",
      label: "shortcuts.palette",
      group: "shortcuts.group.everywhere",
      run: () => setPalette((open) => !open),
    },
    {
      keys: "/",
      label: "shortcuts.search",
      group: "shortcuts.group.everywhere",
      run: () => setPalette(true),
    },
    { keys: "?", label: "shortcuts.help", group: "shortcuts.group.everywhere", run: () => setHelp(true) },
    {
      keys: "g h",
      label: "shortcuts.goHome",
      group: "shortcuts.group.everywhere",
      run: () => void navigate({ to: "/" }),
    },
    {
      keys: "g u",
      label: "shortcuts.goUniverse",
      group: "shortcuts.group.everywhere",
      run: () => void navigate({ to: "/universe" }),
    },
    {
      keys: "g p",
      label: "shortcuts.goProspects",
      group: "shortcuts.group.everywhere",
      run: () => void navigate({ to: "/prospects" }),
    },
    {
      keys: "g l",
      label: "shortcuts.goLists",
      group: "shortcuts.group.everywhere",
      run: () => void navigate({ to: "/lists", search: {} }),
    },
    {
      keys: "g s",
      label: "shortcuts.goSources",
      group: "shortcuts.group.everywhere",
      run: () => void navigate({ to: "/sources" }),
    },
    {
      keys: "g e",
      label: "shortcuts.goExports",
      group: "shortcuts.group.everywhere",
      run: () => void navigate({ to: "/exports" }),
    },
    {
      keys: "[",
      label: "shortcuts.sidebar",
      group: "shortcuts.group.everywhere",
      run: () => setPreferences({ sidebar: sidebar === "open" ? "closed" : "open" }),
    },
  ]);

  return (
    <div className="flex h-full flex-col md:flex-row">
      <a
        href="#main"
        className="sr-only z-50 rounded-md bg-accent px-3 py-2 text-accent-ink focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        {t("shell.skip")}
      </a>
      <header className="flex h-11 shrink-0 items-center gap-2 border-line border-b bg-sunken px-2 md:hidden print:hidden">
        <IconButton label={t("shell.menu")} aria-expanded={drawer} onClick={() => setDrawer(!drawer)}>
          <MenuIcon size={17} aria-hidden />
        </IconButton>
        <LodeMark />
        <span className="ml-auto flex items-center">
          <IconButton label={t("shell.search")} onClick={() => setPalette(true)}>
            <Search size={17} aria-hidden />
          </IconButton>
          <NotificationBell />
        </span>
      </header>
      {drawer && (
        <button
          type="button"
          aria-label={t("action.close")}
          onClick={() => setDrawer(false)}
          className="fixed inset-0 top-11 z-30 bg-black/35 md:hidden"
        />
      )}
      <div
        className={cx(
          "max-md:fixed max-md:top-11 max-md:bottom-0 max-md:left-0 max-md:z-30",
          !drawer && "max-md:hidden",
        )}
      >
        <Sidebar
          collapsed={sidebar === "closed" && !drawer}
          onSearch={() => setPalette(true)}
          onHelp={() => setHelp(true)}
        />
      </div>
      <main ref={main} id="main" tabIndex={-1} className="flex min-h-0 min-w-0 flex-1 flex-col outline-none">
        <ConnectionBar />
        <Outlet />
        <PrintFooter />
      </main>
      <CompanyActionHost />
      {followed.length > 0 && <ExportTray />}
      <Toaster />
      {palette && <CommandPalette onClose={() => setPalette(false)} onHelp={() => setHelp(true)} />}
      {help && <ShortcutHelp onClose={() => setHelp(false)} />}
    </div>
  );
}
