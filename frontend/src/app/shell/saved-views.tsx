import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Bookmark, Users, X } from "lucide-react";
import { useI18n } from "@/shared/i18n/i18n";
import { MONEY_UNITS, setPreferences } from "@/shared/preferences/preferences";
import { addressOf, type SavedView, useDeleteView, viewsQuery } from "@/shared/views/queries";

/** The saved screens, one's own and the team's; a click opens one. Nothing is shown while there are none. */
export function SavedViews() {
  const { t } = useI18n();
  const navigate = useNavigate();
  const views = useQuery(viewsQuery);
  const remove = useDeleteView();
  const items = views.data?.items ?? [];
  if (items.length === 0) return null;
  const open = async (view: SavedView) => {
    const unit = MONEY_UNITS.find((candidate) => candidate === view.unit);
    if (unit) setPreferences({ unit });
    await navigate({ to: "/universe", search: await addressOf(view) });
  };
  return (
    <section aria-label={t("universe.views")} className="mt-4">
      <h2 className="eyebrow px-2 pb-1">{t("universe.views")}</h2>
      <ul className="flex flex-col gap-px">
        {items.map((view) => (
          <li key={view.id} className="group relative">
            <button
              type="button"
              onClick={() => void open(view)}
              className="flex h-7 w-full items-center gap-2.5 rounded-md px-2 pr-7 text-left text-ink-2 hover:bg-hover hover:text-ink"
            >
              {view.scope === "team" ? (
                <Users size={13} aria-hidden className="shrink-0 text-ink-3" />
              ) : (
                <Bookmark size={13} aria-hidden className="shrink-0 text-ink-3" />
              )}
              <span className="truncate" title={view.name}>
                {view.name}
              </span>
            </button>
            {view.is_own && (
              <button
                type="button"
                aria-label={t("universe.views.delete", { name: view.name })}
                onClick={() => remove.mutate(view.id)}
                className="absolute top-0.5 right-0.5 flex size-6 items-center justify-center rounded-sm text-ink-3 opacity-0 hover:bg-line focus-visible:opacity-100 group-hover:opacity-100"
              >
                <X size={12} aria-hidden />
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
