import { useQuery } from "@tanstack/react-query";
import {
  BarChart3,
  Blend,
  Camera,
  ChartScatter,
  ChevronDown,
  Ellipsis,
  Funnel,
  Link2,
  type LucideIcon,
  Search,
  Sparkles,
  Table2,
} from "lucide-react";
import { type ComponentProps, useEffect, useState } from "react";
import { useMay } from "@/shared/auth/me";
import type { FieldMap } from "@/shared/catalogue/fields";
import { formatNumber } from "@/shared/format/number";
import type { MessageKey } from "@/shared/i18n/en";
import { useI18n } from "@/shared/i18n/i18n";
import { usePreferences } from "@/shared/preferences/preferences";
import type { ColumnChoice } from "@/shared/table/column-choice";
import { Badge } from "@/shared/ui/badge";
import { Button, IconButton } from "@/shared/ui/button";
import { LinkButton } from "@/shared/ui/link-button";
import { Popover } from "@/shared/ui/menu";
import { PageBar } from "@/shared/ui/section";
import { Segmented } from "@/shared/ui/segmented";
import { useCopy } from "@/shared/ui/use-copy";
import { useDelayed } from "@/shared/ui/use-delayed";
import { useIsPhone } from "@/shared/ui/use-phone";
import { addressOf, viewsQuery } from "@/shared/views/queries";
import { ViewMenu } from "@/shared/views/view-menu";
import { ColumnChooser } from "./column-chooser";
import { ExportButton } from "./export-button";
import type { Selection } from "./filter";
import { HiddenHint } from "./hidden-hint";
import { MissingHint } from "./missing-hint";
import type { UniverseRows } from "./rows";
import { SaveMenu } from "./save-menu";
import type { ScreenView, UniverseSearch } from "./search-params";
import { isChanged, viewContents } from "./view-body";

const VIEWS: readonly { value: ScreenView | "table"; icon: LucideIcon; label: MessageKey }[] = [
  { value: "table", icon: Table2, label: "universe.view.table" },
  { value: "scatter", icon: ChartScatter, label: "universe.view.scatter" },
  { value: "funnel", icon: Funnel, label: "universe.view.funnel" },
  { value: "similar", icon: Blend, label: "universe.view.similar" },
  { value: "snapshots", icon: Camera, label: "universe.view.snapshots" },
];

/** Title, exact total, search and the table's own actions. */
export function UniverseBar({
  rows,
  search,
  columns,
  fields,
  selected,
  panel,
  onPanel,
  onSearch,
  onColumns,
  onView,
  onSavedView,
  onRefresh,
  stale,
  exportBody,
  selection,
}: {
  rows: UniverseRows;
  search: UniverseSearch;
  columns: readonly ColumnChoice[];
  fields: FieldMap;
  selected: ReadonlySet<string>;
  panel: boolean;
  onPanel: () => void;
  onSearch: (q: string | undefined) => void;
  onColumns: (columns: readonly ColumnChoice[]) => void;
  onView: (view: ScreenView | undefined) => void;
  onSavedView: (id: string | undefined) => void;
  onRefresh: () => void;
  /** The data on the screen is older than the server's. */
  stale: boolean;
  exportBody: ComponentProps<typeof ExportButton>["body"];
  selection: Selection;
}) {
  const { t, locale } = useI18n();
  const mayRun = useMay("run_analysis");
  const [copied, copy] = useCopy();
  const isPhone = useIsPhone();
  const [isMenuOpen, setMenuOpen] = useState(false);
  // A menu that did its work is in the way.
  const closing = (act: () => void) => () => {
    act();
    setMenuOpen(false);
  };
  const views = (
    <Segmented
      label={t("universe.view.label")}
      value={search.view ?? "table"}
      onChange={(view) => closing(() => onView(view === "table" ? undefined : view))()}
      options={VIEWS.map(({ value, icon, label }) => ({
        value,
        title: t(label),
        label: <ViewFace icon={icon} text={t(label)} />,
      }))}
    />
  );
  const panelName = t(panel ? "universe.facets.hide" : "universe.facets.show");
  const shareName = t(copied ? "action.copied" : "universe.share");
  const share = () => copy(window.location.href);
  const actions = (
    <>
      {mayRun && <RunLink search={search} />}
      <SaveMenu search={search} selection={selection} selected={selected} onSavedView={onSavedView} />
      <ExportButton body={exportBody} total={rows.total} onHandedOver={() => setMenuOpen(false)} />
      <ColumnChooser columns={columns} fields={fields} onChange={onColumns} />
    </>
  );
  return (
    <PageBar title={t("universe.title")}>
      {search.v && <OpenedView search={search} onDeleted={() => onSavedView(undefined)} />}
      <p role="status" aria-live="polite" className="tabular text-ink-2">
        {rows.total === null ? "" : t("universe.count", { count: rows.total })}
        {rows.tookMs !== null && rows.total !== null && (
          <span className="text-ink-3 text-xs max-2xl:hidden">
            {" · "}
            {t("universe.took", { time: formatNumber(rows.tookMs, locale, rows.tookMs < 10 ? 1 : 0) })}
          </span>
        )}
      </p>
      <HiddenHint count={rows.hidden} filter={search.f} />
      <MissingHint parts={rows.missing} />
      {stale && (
        <Button size="sm" onClick={onRefresh} title={t("universe.staleNote")}>
          {t("universe.stale")}
        </Button>
      )}
      {isPhone ? (
        <div className="flex w-full items-center gap-1.5">
          <SearchBox value={search.q ?? ""} onChange={onSearch} />
          <Popover
            align="end"
            open={isMenuOpen}
            onOpenChange={setMenuOpen}
            label={t("universe.menu")}
            className="w-[min(20rem,calc(100vw-1rem))]"
            trigger={
              <IconButton label={t("universe.menu")}>
                <Ellipsis size={17} aria-hidden />
              </IconButton>
            }
          >
            {/* Every word that has no room in a bar has it here. */}
            <div className="flex flex-col gap-1 [&>*]:justify-start [&_a_span]:not-sr-only [&_button_span]:not-sr-only [&>[aria-label]:first-child]:flex-wrap">
              {views}
              <Button look="ghost" aria-pressed={panel} onClick={closing(onPanel)}>
                <BarChart3 size={14} aria-hidden /> {panelName}
              </Button>
              <Button look="ghost" onClick={closing(share)}>
                <Link2 size={14} aria-hidden /> {shareName}
              </Button>
              {actions}
            </div>
          </Popover>
        </div>
      ) : (
        <div className="ml-auto flex flex-wrap items-center gap-1.5">
          {views}
          <SearchBox value={search.q ?? ""} onChange={onSearch} />
          <IconButton
            label={panelName}
            aria-pressed={panel}
            onClick={onPanel}
            className="aria-pressed:bg-selected aria-pressed:text-ink"
          >
            <BarChart3 size={15} aria-hidden />
          </IconButton>
          <IconButton label={shareName} onClick={share}>
            <Link2 size={15} aria-hidden />
          </IconButton>
          {actions}
        </div>
      )}
      <span role="status" className="sr-only">
        {copied ? t("action.copied") : ""}
      </span>
    </PageBar>
  );
}

/** The saved view that the screen was opened from, whether the screen still is what it keeps, and what can be done. */
function OpenedView({ search, onDeleted }: { search: UniverseSearch; onDeleted: () => void }) {
  const { t } = useI18n();
  const { unit } = usePreferences();
  const views = useQuery(viewsQuery);
  const view = views.data?.items.find((candidate) => candidate.id === search.v);
  const address = useQuery({
    queryKey: ["views", search.v, "address", view?.version],
    queryFn: () => (view ? addressOf(view) : null),
    enabled: view !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (!view) return null;
  const changed = address.data ? isChanged(search, address.data) : false;
  const face = (
    <>
      <span className="max-w-48 truncate font-medium">{view.name}</span>
      {changed && <Badge tone="warn">{t("universe.views.changed")}</Badge>}
    </>
  );
  if (!view.is_own) return <span className="flex items-center gap-1.5 text-ink-2">{face}</span>;
  return (
    <ViewMenu
      view={view}
      contents={changed ? () => viewContents(search, unit) : undefined}
      onDeleted={onDeleted}
      trigger={
        <Button look="ghost" aria-label={t("universe.views.actions", { name: view.name })}>
          {face}
          <ChevronDown size={13} aria-hidden />
        </Button>
      }
    />
  );
}

/** Leads to a run over everything that the screen shows; its page tells count and duration first. */
function RunLink({ search }: { search: UniverseSearch }) {
  const { t } = useI18n();
  const face = (
    <>
      <Sparkles size={14} aria-hidden /> <span className="sr-only">{t("runs.startRun")}</span>
    </>
  );
  // A run over every company in the country is nobody's wish: first the screen is narrowed.
  if (!search.f && !search.q) {
    return (
      <Button look="ghost" disabled title={t("runs.narrowFirst")}>
        {face}
      </Button>
    );
  }
  return (
    <LinkButton
      look="ghost"
      to="/ai/runs/new"
      search={{ ...(search.f && { filter: search.f }), ...(search.q && { q: search.q }) }}
      title={t("runs.overScreen")}
    >
      {face}
    </LinkButton>
  );
}

function ViewFace({ icon: Icon, text }: { icon: LucideIcon; text: string }) {
  return (
    <>
      <Icon size={14} aria-hidden />
      <span className="max-xl:sr-only">{text}</span>
    </>
  );
}

/** How long typing must pause before the words are asked for, in milliseconds: fast typing is one call, and nobody notices the pause. */
const TYPING_PAUSE = 40;

function SearchBox({ value, onChange }: { value: string; onChange: (q: string | undefined) => void }) {
  const { t } = useI18n();
  const [draft, setDraft] = useState(value);
  const [seen, setSeen] = useState(value);
  const settled = useDelayed(draft, TYPING_PAUSE);
  // The address changed by itself (Back, a link): the box follows it.
  if (value !== seen) {
    setSeen(value);
    if (value !== settled.trim()) setDraft(value);
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: only settled typing is sent, not a change of the address.
  useEffect(() => {
    if (settled === draft && settled.trim() !== value) onChange(settled.trim() || undefined);
  }, [settled]);
  return (
    <div role="search" className="relative max-sm:min-w-0 max-sm:flex-1">
      <Search size={14} aria-hidden className="pointer-events-none absolute top-[7px] left-2 text-ink-3" />
      <input
        id="universe-search"
        type="search"
        aria-label={t("universe.searchLabel")}
        placeholder={t("universe.search")}
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") event.currentTarget.blur();
        }}
        className="h-7 w-58 rounded-md border border-field bg-surface pr-2 pl-7 text-sm placeholder:text-ink-3 max-sm:w-full"
      />
    </div>
  );
}
