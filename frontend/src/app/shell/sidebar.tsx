import { Link, useLocation } from "@tanstack/react-router";
import {
  Database,
  FileDown,
  House,
  KanbanSquare,
  Keyboard,
  ListChecks,
  PanelLeft,
  Search,
  Settings,
  ShieldCheck,
  Sparkles,
  TableProperties,
} from "lucide-react";
import type { ReactNode } from "react";
import { NotificationBell } from "@/features/notifications/notification-bell";
import { type Permission, useMay } from "@/shared/auth/me";
import type { MessageKey } from "@/shared/i18n/en";
import { useI18n } from "@/shared/i18n/i18n";
import { setPreferences } from "@/shared/preferences/preferences";
import { IconButton, Kbd } from "@/shared/ui/button";
import { cx } from "@/shared/ui/class-names";
import { Hint } from "@/shared/ui/hint";
import { LodeMark } from "@/shared/ui/mark";
import { DataStatus } from "./data-status";
import { LanguageSwitch, ThemeSwitch, UnitSwitch } from "./quick-switches";
import { SavedViews } from "./saved-views";
import { UserMenu } from "./user-menu";

type Place = {
  to:
    | "/"
    | "/universe"
    | "/lists"
    | "/prospects"
    | "/ai/runs"
    | "/sources"
    | "/exports"
    | "/settings"
    | "/admin";
  label: MessageKey;
  icon: ReactNode;
  /** Pages under another address that belong to the place. */
  within?: string;
  /** Shown only to those who may; everybody sees the others. */
  permission?: Permission;
};

const PLACES: readonly Place[] = [
  { to: "/", label: "nav.home", icon: <House size={15} aria-hidden /> },
  { to: "/universe", label: "nav.universe", icon: <TableProperties size={15} aria-hidden /> },
  { to: "/lists", label: "nav.lists", icon: <ListChecks size={15} aria-hidden /> },
  { to: "/prospects", label: "nav.prospects", icon: <KanbanSquare size={15} aria-hidden /> },
  { to: "/ai/runs", within: "/ai/", label: "runs.nav", icon: <Sparkles size={15} aria-hidden /> },
  { to: "/sources", label: "nav.sources", icon: <Database size={15} aria-hidden /> },
  { to: "/exports", label: "nav.exports", icon: <FileDown size={15} aria-hidden />, permission: "export" },
  { to: "/settings", label: "nav.settings", icon: <Settings size={15} aria-hidden /> },
  { to: "/admin", label: "nav.admin", icon: <ShieldCheck size={15} aria-hidden />, permission: "read_audit" },
];

/** The navigation. Collapsed it shows icons only; their names are then in tooltips and for assistive technology. */
export function Sidebar({
  collapsed,
  onSearch,
  onHelp,
}: {
  collapsed: boolean;
  onSearch: () => void;
  onHelp: () => void;
}) {
  const { t } = useI18n();
  return (
    <aside
      aria-label={t("shell.sidebar")}
      className={cx(
        "flex h-full flex-col border-line border-r bg-sunken print:hidden transition-[width] duration-100",
        collapsed ? "w-12" : "w-52",
      )}
    >
      <div
        className={cx(
          "flex h-12 items-center max-md:hidden",
          collapsed ? "justify-center" : "justify-between pr-2 pl-3.5",
        )}
      >
        {!collapsed && <LodeMark />}
        {!collapsed && (
          <span className="ml-auto">
            <NotificationBell />
          </span>
        )}
        <IconButton
          label={t("shell.toggleSidebar")}
          aria-expanded={!collapsed}
          onClick={() => setPreferences({ sidebar: collapsed ? "open" : "closed" })}
        >
          {collapsed ? <LodeMark small /> : <PanelLeft size={15} aria-hidden />}
        </IconButton>
      </div>
      <div className={cx("pb-2 max-md:pt-2", collapsed ? "px-1.5" : "px-2.5")}>
        <button
          type="button"
          onClick={onSearch}
          aria-label={collapsed ? t("shell.search") : undefined}
          title={t("shell.search")}
          aria-keyshortcuts="Control+K Meta+K /"
          className={cx(
            "flex h-7 w-full items-center gap-2 rounded-md border border-line-strong bg-surface text-ink-2 hover:border-field hover:text-ink",
            collapsed ? "justify-center" : "px-2",
          )}
        >
          <Search size={14} aria-hidden />
          {!collapsed && (
            <>
              <span className="flex-1 text-left text-sm">{t("shell.searchShort")}</span>
              <span aria-hidden>
                <Kbd>/</Kbd>
              </span>
            </>
          )}
        </button>
        {collapsed && (
          <span className="mt-1 flex justify-center">
            <NotificationBell collapsed />
          </span>
        )}
      </div>
      <nav
        aria-label={t("nav.label")}
        className={cx("min-h-0 flex-1 overflow-y-auto", collapsed ? "px-1.5" : "px-2.5")}
      >
        <ul className="flex flex-col gap-px">
          {PLACES.map((place) => (
            <PlaceItem key={place.to} place={place} collapsed={collapsed} />
          ))}
        </ul>
        {!collapsed && <SavedViews />}
      </nav>
      <div
        className={cx(
          "flex flex-col gap-2 border-line border-t py-2.5",
          collapsed ? "items-center px-1.5" : "px-3",
        )}
      >
        <UserMenu collapsed={collapsed} />
        <DataStatus collapsed={collapsed} />
        {!collapsed && (
          <>
            <UnitSwitch />
            <div className="flex items-center justify-between gap-1">
              <LanguageSwitch />
              <ThemeSwitch />
              <IconButton label={t("shortcuts.help")} onClick={onHelp}>
                <Keyboard size={15} aria-hidden />
              </IconButton>
            </div>
          </>
        )}
      </div>
    </aside>
  );
}

function PlaceItem({ place, collapsed }: { place: Place; collapsed: boolean }) {
  const may = useMay(place.permission ?? "read_companies");
  if (place.permission && !may) return null;
  return (
    <li>
      <NavLink place={place} collapsed={collapsed} />
    </li>
  );
}

function NavLink({ place, collapsed }: { place: Place; collapsed: boolean }) {
  const { t } = useI18n();
  const isWithin = useLocation({
    select: ({ pathname }) => place.within !== undefined && pathname.startsWith(place.within),
  });
  const link = (
    <Link
      to={place.to}
      {...(isWithin && { "aria-current": "page" as const })}
      activeOptions={{ exact: place.to === "/", includeSearch: false }}
      aria-label={collapsed ? t(place.label) : undefined}
      className={cx(
        "group flex h-7 items-center gap-2.5 rounded-md font-medium text-ink-2 hover:bg-hover hover:text-ink",
        "aria-[current=page]:bg-selected aria-[current=page]:text-ink",
        collapsed ? "justify-center" : "px-2",
      )}
    >
      <span className="text-ink-3 group-aria-[current=page]:text-accent">{place.icon}</span>
      {!collapsed && t(place.label)}
    </Link>
  );
  return collapsed ? (
    <Hint text={t(place.label)} side="right">
      {link}
    </Hint>
  ) : (
    link
  );
}
