import { useQuery } from "@tanstack/react-query";
import { useNavigate, useRouterState } from "@tanstack/react-router";
import { Bookmark, Ellipsis, Users } from "lucide-react";
import type { UniverseSearch } from "@/features/universe/search-params";
import { viewContents } from "@/features/universe/view-body";
import { useI18n } from "@/shared/i18n/i18n";
import { personName } from "@/shared/people/person-name";
import { MONEY_UNITS, setPreferences, usePreferences } from "@/shared/preferences/preferences";
import { cx } from "@/shared/ui/class-names";
import { ErrorState } from "@/shared/ui/states";
import { showFailure } from "@/shared/ui/toast-store";
import { addressOf, type SavedView, viewsQuery } from "@/shared/views/queries";
import { ViewMenu } from "@/shared/views/view-menu";

/** The saved screens, one's own and the team's; a click opens one. Nothing is shown while there are none. */
export function SavedViews() {
  const { t } = useI18n();
  const { unit } = usePreferences();
  const navigate = useNavigate();
  const views = useQuery(viewsQuery);
  // The screen that is open now, to be kept in a view.
  const screen = useRouterState({
    select: (state) =>
      state.location.pathname === "/universe" ? (state.location.search as UniverseSearch) : null,
  });
  if (views.isError) {
    return (
      <section aria-label={t("universe.views")} className="mt-4">
        <ErrorState compact error={views.error} onRetry={() => void views.refetch()} />
      </section>
    );
  }
  const items = views.data?.items ?? [];
  if (items.length === 0) return null;
  const open = async (view: SavedView) => {
    try {
      const search = await addressOf(view);
      const kept = MONEY_UNITS.find((candidate) => candidate === view.unit);
      if (kept) setPreferences({ unit: kept });
      await navigate({ to: "/universe", search });
    } catch (error) {
      showFailure("universe.views.openFailed", error);
    }
  };
  return (
    <section aria-label={t("universe.views")} className="mt-4">
      <h2 className="eyebrow px-2 pb-1">{t("universe.views")}</h2>
      <ul className="flex flex-col gap-px">
        {items.map((view) => {
          const current = screen?.v === view.id;
          const Icon = view.scope === "team" ? Users : Bookmark;
          return (
            <li key={view.id} className="group relative">
              <button
                type="button"
                aria-current={current ? "true" : undefined}
                title={view.is_own ? view.name : `${view.name} · ${personName(view.owner_name, t)}`}
                onClick={() => void open(view)}
                className={cx(
                  "flex h-7 w-full items-center gap-2.5 rounded-md px-2 pr-7 text-left hover:bg-hover hover:text-ink",
                  current ? "bg-selected text-ink" : "text-ink-2",
                )}
              >
                <Icon size={13} aria-hidden className="shrink-0 text-ink-3" />
                <span className="truncate">{view.name}</span>
                {view.scope === "team" && <span className="sr-only">({t("universe.views.team")})</span>}
              </button>
              {view.is_own && (
                <ViewMenu
                  view={view}
                  contents={screen ? () => viewContents(screen, unit) : undefined}
                  trigger={
                    <button
                      type="button"
                      aria-label={t("universe.views.actions", { name: view.name })}
                      className="absolute top-0.5 right-0.5 flex size-6 items-center justify-center rounded-sm text-ink-3 opacity-0 hover:bg-line focus-visible:opacity-100 group-hover:opacity-100 data-[state=open]:opacity-100 [@media(hover:none)]:opacity-100"
                    >
                      <Ellipsis size={13} aria-hidden />
                    </button>
                  }
                />
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
