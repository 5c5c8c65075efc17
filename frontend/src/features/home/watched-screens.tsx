import { Link } from "@tanstack/react-router";
import { Eye, Minus, Plus } from "lucide-react";
import { formatAgo } from "@/shared/format/date";
import { formatOrgnr } from "@/shared/format/orgnr";
import { useI18n } from "@/shared/i18n/i18n";
import { Button } from "@/shared/ui/button";
import { Section } from "@/shared/ui/section";
import { EmptyState } from "@/shared/ui/states";
import type { Home } from "./queries";

type Change = Home["changes"][number];

/** What entered and left the screens that one watches. */
export function WatchedScreens({ home, onWatch }: { home: Home; onWatch: () => void }) {
  const { t } = useI18n();
  return (
    <Section
      title={t("home.watched")}
      note={home.watched_count > 0 ? home.watched_count : undefined}
      flush
      actions={
        <Button look="ghost" size="sm" onClick={onWatch}>
          <Eye size={13} aria-hidden /> {t("home.watch")}
        </Button>
      }
    >
      {home.changes.length === 0 ? (
        <EmptyState
          isLine
          title={t(home.watched_count === 0 ? "home.watchedNone" : "home.watchedQuiet")}
          icon={<Eye size={20} aria-hidden />}
        >
          {home.watched_count === 0 && t("home.watchedText")}
        </EmptyState>
      ) : (
        <ul>
          {home.changes.map((change) => (
            <OneChange key={change.id} change={change} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function OneChange({ change }: { change: Change }) {
  const { t, locale } = useI18n();
  const names = (companies: Change["entered"]) =>
    companies.map((company) => company.name ?? formatOrgnr(company.orgnr)).join(", ");
  return (
    <li className="border-line/70 border-b px-3.5 py-2 last:border-0">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <Link
          to="/"
          search={{ change: change.id }}
          state={{ panel: true }}
          className="font-medium hover:text-accent hover:underline"
        >
          {change.view_name}
        </Link>
        <span className="tabular text-ink-2 text-xs">
          {t("home.entered", { count: change.entered_count })}, {t("home.left", { count: change.left_count })}
          , {t("home.total", { count: change.total })}
        </span>
        <time dateTime={change.found_at} className="ml-auto text-ink-3 text-xs">
          {formatAgo(change.found_at, locale)}
        </time>
      </p>
      {change.entered.length > 0 && (
        <p className="mt-0.5 flex items-baseline gap-1.5 text-xs">
          <Plus size={11} role="img" aria-label={t("change.entered")} className="shrink-0 text-good" />
          <span className="min-w-0 truncate text-ink-2">{names(change.entered)}</span>
        </p>
      )}
      {change.left.length > 0 && (
        <p className="mt-0.5 flex items-baseline gap-1.5 text-xs">
          <Minus size={11} role="img" aria-label={t("change.left")} className="shrink-0 text-bad" />
          <span className="min-w-0 truncate text-ink-2">{names(change.left)}</span>
        </p>
      )}
    </li>
  );
}
