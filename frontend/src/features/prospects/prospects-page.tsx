import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { ChevronDown, Columns3, Import, KanbanSquare, Settings2, Table2 } from "lucide-react";
import { useCallback, useMemo, useRef, useState } from "react";
import { meQuery, useMay } from "@/shared/auth/me";
import { MOST_AT_ONCE, useExportActions } from "@/shared/exports/queries";
import { formatCompactAmount } from "@/shared/format/number";
import { formatOrgnr } from "@/shared/format/orgnr";
import { useI18n } from "@/shared/i18n/i18n";
import { FOLLOW_EVERY } from "@/shared/live/announce";
import { unlessLive } from "@/shared/live/live-state";
import { peopleQuery } from "@/shared/people/queries";
import {
  type Prospect,
  type ProspectChange,
  prospectsQuery,
  type Stage,
  stagesQuery,
} from "@/shared/prospects/queries";
import { activeStages, stageName } from "@/shared/prospects/stage-labels";
import type { GridHandle } from "@/shared/table/grid";
import { useTablePage } from "@/shared/table/use-table-page";
import { Button } from "@/shared/ui/button";
import { lazyPart } from "@/shared/ui/lazy-part";
import { Menu, MenuItem, MenuLine } from "@/shared/ui/menu";
import { PageBar } from "@/shared/ui/section";
import { Segmented } from "@/shared/ui/segmented";
import { EmptyState, ErrorState, LoadingBlock } from "@/shared/ui/states";
import type { ToastText } from "@/shared/ui/toast-store";
import { type PanelOptions, usePanelHistory } from "@/shared/ui/use-panel-history";
import { Board, type BoardHandle } from "./board";
import { ConflictDialog } from "./conflict-dialog";
import { exportProspects, prospectsExport } from "./export";
import { filterProspects, sortProspects } from "./filter";
import { FilterBar } from "./filter-bar";
import { ProspectPanel } from "./panel";
import { ReasonDialog } from "./reason-dialog";
import type { ProspectsSearch } from "./search-params";
import { SelectionBar } from "./selection-bar";
import { ProspectTable } from "./table";
import { usePipeline } from "./use-pipeline";

const StagesDialog = lazyPart(() => import("./stages-dialog"), { frame: "dialog" });
const ImportDialog = lazyPart(() => import("./import-dialog"), { frame: "dialog" });
const route = getRouteApi("/prospects");

/** A prospect as a row: its name is null where it is not known. */
type Card = Prospect & { name: string | null };

function idOf(prospect: Card): string {
  return prospect.id;
}

/** The pipeline: as a board or a table, filtered, with one prospect open beside it. */
export function ProspectsPage() {
  const { t, locale } = useI18n();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const mayEdit = useMay("edit_work");
  const mayConfigure = useMay("manage_team_work");
  const mayExport = useMay("export");
  const me = useQuery(meQuery);
  // Others work on the same board: what they change is shown within two seconds, in its place.
  const all = useQuery({ ...prospectsQuery, staleTime: 0, refetchInterval: unlessLive(FOLLOW_EVERY) });
  const pipeline = useQuery(stagesQuery);
  const people = useQuery(peopleQuery);
  const { save } = usePipeline();
  const { start: startExport } = useExportActions();
  const board = useRef<BoardHandle>(null);
  const grid = useRef<GridHandle>(null);
  const [passing, setPassing] = useState<{ prospects: readonly Prospect[]; stage: Stage } | null>(null);
  const [dialog, setDialog] = useState<"stages" | "import" | null>(null);

  const stages = useMemo(() => activeStages(pipeline.data?.stages), [pipeline.data]);
  const items = all.data?.items;
  const shown = useMemo(() => {
    const found = filterProspects(items ?? [], search, { me: me.data?.id, stages, now: new Date() });
    return search.view === "table" ? sortProspects(found, search.sort, stages) : found;
  }, [items, search, me.data, stages]);
  const isTable = search.view === "table";
  // On the board the next card is the one below, then the first of the next column.
  const ordered = useMemo(
    () =>
      isTable ? shown : stages.flatMap((stage) => shown.filter((prospect) => prospect.stage === stage.key)),
    [shown, isTable, stages],
  );
  const exportAs = (format: "csv" | "xlsx") => {
    if (shown.length > MOST_AT_ONCE) startExport.mutate(prospectsExport(format, search, locale));
    else void exportProspects(format, search, locale);
  };
  const open = items?.find((prospect) => prospect.id === search.id);

  const change = useCallback(
    (next: Partial<ProspectsSearch>) =>
      void navigate({ search: (before: ProspectsSearch) => ({ ...before, ...next }), replace: true }),
    [navigate],
  );
  const panel = usePanelHistory();
  const isOpen = search.id !== undefined;
  const showPanel = useCallback(
    (id: string | undefined) => {
      const go = (options: PanelOptions) =>
        void navigate({ search: (before: ProspectsSearch) => ({ ...before, id }), ...options });
      if (id === undefined) panel.close(go);
      else panel.show(isOpen, go);
    },
    [navigate, panel, isOpen],
  );
  const words = useCallback(
    (prospects: readonly Prospect[]) => {
      const one = prospects.length === 1 ? prospects[0] : undefined;
      return one ? (one.name ?? formatOrgnr(one.orgnr)) : t("prospects.count", { count: prospects.length });
    },
    [t],
  );
  const edit = useCallback(
    (prospects: readonly Prospect[], wanted: ProspectChange, text?: ToastText) => {
      const what = words(prospects);
      const told: ToastText =
        text ??
        (wanted.removed
          ? { key: "prospects.removed", values: { what } }
          : prospects.length === 1
            ? { key: "prospects.saved", values: { what } }
            : { key: "prospects.changed", values: { count: prospects.length } });
      void save(
        prospects.map((card) => ({ card, change: wanted })),
        told,
      );
    },
    [save, words],
  );
  const move = useCallback(
    (prospects: readonly Prospect[], stage: Stage) => {
      const moving = prospects.filter((prospect) => prospect.stage !== stage.key);
      if (moving.length === 0) return;
      if (stage.outcome === "passed") {
        setPassing({ prospects: moving, stage });
        return;
      }
      const values = { what: words(moving), stage: stageName(stage.key, stages, t) };
      edit(moving, { stage: stage.key }, { key: "prospects.moved", values });
    },
    [edit, stages, words, t],
  );
  const openPanel = useCallback((prospect: Prospect) => showPanel(prospect.id), [showPanel]);
  const page = useTablePage<Card>({
    table: "prospects",
    identity: JSON.stringify([search.view, search.sort]),
    group: "shortcuts.group.board",
    total: ordered.length,
    rowAt: (index) => ordered[index] as Card | undefined,
    keyOf: idOf,
    reveal: (index) => {
      const prospect = ordered[index];
      if (isTable) grid.current?.reveal(index);
      else if (prospect) board.current?.focus(prospect.id);
    },
    onOpen: openPanel,
    preview: {
      shown: search.id,
      company: open ? { orgnr: open.orgnr, name: open.name ?? null } : null,
      show: (prospect) => showPanel(prospect?.id),
    },
    maySelect: mayEdit,
  });
  const { selected } = page.selection;
  const chosen = shown.filter((prospect) => selected.has(prospect.id));
  const edited = useCallback(
    (prospect: Prospect, wanted: ProspectChange) => edit([prospect], wanted),
    [edit],
  );
  const { activate } = page;
  const onActive = useCallback(
    (prospect: Prospect) => activate(ordered.findIndex((other) => other.id === prospect.id)),
    [activate, ordered],
  );

  const worth = shown.reduce((sum, prospect) => sum + (prospect.value_sek ?? 0), 0);
  const failed = all.isError ? all : pipeline.isError ? pipeline : null;
  return (
    <>
      <PageBar title={t("prospects.title")}>
        {items && (
          <span className="tabular text-ink-2 text-xs">
            {t("prospects.count", { count: shown.length })}
            {worth > 0 && ` · ${t("prospects.worth", { value: formatCompactAmount(worth, locale) })}`}
          </span>
        )}
        <div className="ml-auto flex flex-wrap items-center gap-2">
          <FilterBar search={search} people={people.data?.items ?? []} onChange={change} />
          <Segmented
            label={t("prospects.view")}
            value={search.view ?? "board"}
            onChange={(view) => change({ view: view === "table" ? "table" : undefined })}
            options={[
              {
                value: "board",
                label: (
                  <>
                    <KanbanSquare size={13} aria-hidden /> {t("prospects.board")}
                  </>
                ),
              },
              {
                value: "table",
                label: (
                  <>
                    <Table2 size={13} aria-hidden /> {t("prospects.table")}
                  </>
                ),
              },
            ]}
          />
          <Menu
            align="end"
            trigger={
              <Button>
                {t("prospects.more")} <ChevronDown size={13} aria-hidden />
              </Button>
            }
          >
            {mayEdit && (
              <MenuItem onSelect={() => setDialog("import")}>
                <Import size={14} aria-hidden /> {t("pipelineImport.menu")}
              </MenuItem>
            )}
            {mayExport && (
              <>
                <MenuItem onSelect={() => exportAs("csv")}>
                  <Table2 size={14} aria-hidden /> {t("prospects.exportCsv")}
                </MenuItem>
                <MenuItem onSelect={() => exportAs("xlsx")}>
                  <Columns3 size={14} aria-hidden /> {t("prospects.exportXlsx")}
                </MenuItem>
              </>
            )}
            {mayConfigure && (
              <>
                <MenuLine />
                <MenuItem onSelect={() => setDialog("stages")}>
                  <Settings2 size={14} aria-hidden /> {t("stages.configure")}
                </MenuItem>
              </>
            )}
          </Menu>
        </div>
      </PageBar>
      {chosen.length > 0 && mayEdit && (
        <SelectionBar
          selected={chosen}
          stages={stages}
          people={people.data?.items ?? []}
          onMove={(stage) => move(chosen, stage)}
          onChange={(wanted) => edit(chosen, wanted)}
          onClear={page.selection.clear}
        />
      )}
      {failed ? (
        <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />
      ) : !items || pipeline.isPending ? (
        <LoadingBlock lines={12} />
      ) : items.length === 0 ? (
        <div className="pt-[8vh]">
          <EmptyState title={t("prospects.empty")} icon={<KanbanSquare size={20} aria-hidden />}>
            <p>{t("prospects.emptyText")}</p>
            <p className="mt-4 flex justify-center gap-2">
              <Link
                to="/universe"
                className="inline-flex h-7 items-center rounded-md bg-accent px-2.5 font-medium text-accent-ink hover:bg-accent-strong"
              >
                {t("prospects.emptyUniverse")}
              </Link>
              {mayEdit && <Button onClick={() => setDialog("import")}>{t("prospects.emptyImport")}</Button>}
            </p>
          </EmptyState>
        </div>
      ) : shown.length === 0 ? (
        <EmptyState title={t("prospects.noneMatch")}>
          <Button
            onClick={() => change({ owner: undefined, due: undefined, stale: undefined, q: undefined })}
          >
            {t("prospects.clearFilters")}
          </Button>
        </EmptyState>
      ) : search.view === "table" ? (
        <ProspectTable
          ref={grid}
          prospects={ordered}
          identity={JSON.stringify({ ...search, id: undefined })}
          stages={stages}
          people={people.data?.items ?? []}
          mayEdit={mayEdit}
          sort={search.sort}
          selected={selected}
          active={page.active}
          onSort={(key) => change({ sort: search.sort === key ? `-${key}` : key })}
          onActive={activate}
          onOpen={openPanel}
          onPick={page.pick}
          onClear={page.selection.clear}
          onMove={move}
          onChange={edited}
        />
      ) : (
        <Board
          ref={board}
          stages={stages}
          prospects={shown}
          mayEdit={mayEdit}
          selected={selected}
          active={page.activeRow?.id}
          onActive={onActive}
          onOpen={openPanel}
          onMove={move}
        />
      )}
      {open && (
        <ProspectPanel
          key={open.id}
          prospect={open}
          onClose={() => showPanel(undefined)}
          onChange={(wanted) => {
            if (wanted.removed) showPanel(undefined);
            edit([open], wanted);
          }}
          onMove={(stage) => move([open], stage)}
        />
      )}
      {passing && (
        <ReasonDialog
          prospects={passing.prospects}
          onClose={() => setPassing(null)}
          onReason={({ reason, note }) => {
            const { prospects, stage } = passing;
            setPassing(null);
            const wanted = { stage: stage.key, pass_reason: reason, pass_note: note.trim() || null };
            edit(prospects, wanted, { key: "prospects.passed", values: { what: words(prospects) } });
          }}
        />
      )}
      <ConflictDialog />
      {dialog === "stages" && <StagesDialog onClose={() => setDialog(null)} />}
      {dialog === "import" && <ImportDialog onClose={() => setDialog(null)} />}
    </>
  );
}
