import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { CircleUserRound, LogOut, Settings } from "lucide-react";
import { meQuery } from "@/shared/auth/me";
import { signOut, useSession } from "@/shared/auth/session";
import type { MessageKey } from "@/shared/i18n/en";
import { useI18n } from "@/shared/i18n/i18n";
import { personName } from "@/shared/people/person-name";
import { cx } from "@/shared/ui/class-names";
import { Hint } from "@/shared/ui/hint";
import { Menu, MenuItem, MenuLabel, MenuLine } from "@/shared/ui/menu";
import { showFailure } from "@/shared/ui/toast-store";

/** Who is at work, and the way out. Where there is no sign-in it says so. */
export function UserMenu({ collapsed }: { collapsed: boolean }) {
  const { t } = useI18n();
  const session = useSession();
  const me = useQuery(meQuery);
  const navigate = useNavigate();
  const queries = useQueryClient();
  if (!session) return null;
  const line = cx(
    "flex h-7 items-center gap-2 rounded-md text-left text-ink-2 text-xs hover:bg-hover hover:text-ink",
    collapsed ? "w-7 justify-center" : "w-full px-1.5",
  );
  if (session.kind === "none") {
    return (
      <Hint text={t("account.localNote")} side="right">
        <button type="button" className={line} aria-label={t("account.local")}>
          <CircleUserRound size={15} aria-hidden className="shrink-0" />
          {!collapsed && <span className="truncate">{t("account.local")}</span>}
        </button>
      </Hint>
    );
  }
  const name = personName(me.data?.display_name || session.person?.name || "", t) ?? "";
  const leave = async () => {
    let leadsTo: string | null;
    try {
      leadsTo = await signOut();
    } catch (error) {
      showFailure("account.signOutFailed", error);
      return;
    }
    queries.clear();
    if (leadsTo) location.assign(leadsTo);
    else await navigate({ to: "/login", search: {} });
  };
  return (
    <Menu
      trigger={
        <button type="button" className={line} aria-label={t("account.menu", { name })}>
          <CircleUserRound size={15} aria-hidden className="shrink-0" />
          {!collapsed && <span className="truncate">{name}</span>}
        </button>
      }
    >
      <MenuLabel>
        {session.person?.email}
        {me.data && ` · ${t(`role.${me.data.role}` as MessageKey)}`}
      </MenuLabel>
      <MenuLine />
      <MenuItem onSelect={() => void navigate({ to: "/settings" })}>
        <Settings size={14} aria-hidden /> {t("nav.settings")}
      </MenuItem>
      <MenuItem onSelect={() => void leave()}>
        <LogOut size={14} aria-hidden /> {t("account.signOut")}
      </MenuItem>
    </Menu>
  );
}
