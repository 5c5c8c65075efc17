import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { MessageSquareText } from "lucide-react";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { CompanyRef } from "@/shared/actions/company-actions";
import { statusQuery } from "@/shared/api/queries";
import { useCatalogue } from "@/shared/catalogue/fields";
import { PreviewPane } from "@/shared/company/preview-pane";
import { companyQuery } from "@/shared/company/queries";
import { useProspectMap } from "@/shared/company/work-marks";
import type { FilterNode } from "@/shared/filter/node";
import { pick, useI18n } from "@/shared/i18n/i18n";
import { useShortcuts } from "@/shared/keyboard/shortcuts";
import { useMarks } from "@/shared/lists/use-marks";
import { rowHeight, usePreferences } from "@/shared/preferences/preferences";
import { type ColumnChoice, changeColumn, moveColumn, withColumn } from "@/shared/table/column-choice";
import { figuresFirst } from "@/shared/table/figures-first";
import { Grid, type GridHandle } from "@/shared/table/grid";
import { useTablePage } from "@/shared/table/use-table-page";
import { Button } from "@/shared/ui/button";
import { lazyPart } from "@/shared/ui/lazy-part";
import { PageBar } from "@/shared/ui/section";
import { EmptyState, ErrorState, LoadingBlock } from "@/shared/ui/states";
import { type PanelOptions, usePanelHistory } from "@/shared/ui/use-panel-history";
import { useIsPhone } from "@/shared/ui/use-phone";
import { AskBox } from "./ask-box";
import { parseColumns, printColumns } from "./columns";
import { DistributionPanel } from "./distribution-panel";
import { countsOf, STANDARD_DISTRIBUTIONS } from "./distribution-spec";
import { EmptyResult } from "./empty-result";
import {
  type FieldCondition,
  type FilterState,
  replaceFields,
  type Selection,
  textFault,
  useFilter,
} from "./filter";
import { FilterChips } from "./filter-chips";
import { FilterFault } from "./filter-fault";
import { type Row, useUniverseRows } from "./rows";
import { askEdited, fetchRows, NO_COUNTS } from "./screen-query";
import { parseSeeds, parseSort, printSort, toggleSort, type UniverseSearch } from "./search-params";
import { SelectionBar } from "./selection-bar";
import { TextFilter } from "./text-filter";
import { UniverseBar } from "./universe-bar";
import { useGridColumns } from "./use-grid-columns";
import { usePaced } from "./use-paced";

function ViewLoading() {
  return <LoadingBlock lines={10} className="flex-1 bg-surface" />;
}

// The table is what most people open; the other ways to look at a screen are fetched when they are chosen.
const FunnelView = lazyPart(async () => ({ default: (await import("./funnel-view")).FunnelView }), {
  loading: ViewLoading,
});
const ScatterView = lazyPart(async () => ({ default: (await import("./scatter-view")).ScatterView }), {
  loading: ViewLoading,
});
const SimilarView = lazyPart(async () => ({ default: (await import("./similar-view")).SimilarView }), {
  loading: ViewLoading,
});
const SnapshotsView = lazyPart(async () => ({ default: (await import("./snapshots-view")).SnapshotsView }), {
  loading: ViewLoading,
});

const route = getRouteApi("/universe");

/** Nothing is dragged, and nothing let go that the address does not say yet. */
const NO_BRUSH: readonly FieldCondition[] = [];

/** The screen: filters, distributions, every matching company in one table, and a preview. Its state is the address. */
export function UniversePage() {
  const { t, locale } = useI18n();
  const { unit, density } = usePreferences();
  const isPhone = useIsPhone();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { query: catalogue, fields, groups } = useCatalogue();
  const grid = useRef<GridHandle>(null);
  const [visible, setVisible] = useState({ first: 0, end: 50 });
  const queries = useQueryClient();
  const [textOpen, setTextOpen] = useState(false);
  const [askOpen, setAskOpen] = useState(search.ask !== undefined);
  const [panel, setPanel] = useState(() => window.innerWidth >= 1200);
  const [brush, setBrush] = useState(NO_BRUSH);

  const change = useCallback(
    (next: Partial<UniverseSearch>, replace = false) =>
      void navigate({ search: (before: UniverseSearch) => ({ ...before, ...next }), replace }),
    [navigate],
  );
  const history = usePanelHistory();
  const isOpen = search.o !== undefined;
  const preview = useCallback(
    (orgnr: string | undefined) => {
      const go = (options: PanelOptions) =>
        void navigate({ search: (before: UniverseSearch) => ({ ...before, o: orgnr }), ...options });
      if (orgnr === undefined) history.close(go);
      else history.show(isOpen, go);
    },
    [navigate, history, isOpen],
  );
  const columns = useMemo(() => parseColumns(search.cols), [search.cols]);
  const sort = useMemo(() => parseSort(search.sort ?? "-revenue"), [search.sort]);
  const nameColumn = columns.find((column) => column.key === "name");
  const asked = useMemo(
    () => [
      ...new Set([
        ...columns.map((column) => column.key).filter((key) => !["orgnr", "name"].includes(key)),
        "is_demo",
      ]),
    ],
    [columns],
  );
  const distributions = useMemo(
    () => search.dist?.split(",").filter(Boolean) ?? STANDARD_DISTRIBUTIONS,
    [search.dist],
  );
  const counts = useMemo(
    () => (panel ? countsOf(distributions, fields) : NO_COUNTS),
    [panel, distributions, fields],
  );
  const commitText = useCallback((text: string | undefined) => change({ f: text }), [change]);
  const askNodes = useCallback(
    (nodes: readonly FilterNode[]) =>
      askEdited(queries, { selection: treeOf(nodes, search.q), sort, columns: asked }, counts),
    [queries, search.q, sort, asked, counts],
  );
  const edits = useFilter(search.f, askNodes, commitText);

  const drag = (condition: FieldCondition) =>
    setBrush((before) => [...before.filter(({ field }) => field !== condition.field), condition]);
  const letGo = (condition: FieldCondition) => {
    drag(condition);
    void edits.setFields([condition]).then((changes) => changes || setBrush(NO_BRUSH));
  };
  // A drag holds until the address says what it ended with: between the two the old filter must not show again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the effect is about the address alone.
  useEffect(() => setBrush(NO_BRUSH), [search.f]);

  const wanted: Selection = useMemo(() => {
    if (brush.length === 0 && search.f) return { text: search.f, ...(search.q && { q: search.q }) };
    const standing = search.f ? edits.parts.map((part) => part.filter) : [];
    return treeOf(replaceFields(standing, brush), search.q);
  }, [search.f, search.q, brush, edits.parts]);
  const [answering, setAnswering] = useState(false);
  const selection = usePaced(wanted, answering && brush.length > 0);

  // The catalogue says what can be counted; before it is there nothing is drawn.
  const rows = useUniverseRows({ selection, sort, columns: asked }, counts, visible, catalogue.isSuccess);
  useEffect(() => setAnswering(rows.busy), [rows.busy]);
  // A filter that cannot be read is told of once, where it stands; the rows of the last good one stay.
  const error = textFault(rows.error);
  const readable = error === null;
  const filter: FilterState = { ...edits, error, pending: rows.busy };
  const status = useQuery(statusQuery);
  const newest = status.data?.index?.data_version;
  const stale = isNewer(newest, rows.dataVersion) && !rows.busy;
  const identity = JSON.stringify([search.f, search.q, search.sort]);
  const open = useCallback(
    (row: Row) => void navigate({ to: "/company/$orgnr", params: { orgnr: row.orgnr }, search: {} }),
    [navigate],
  );
  const page = useTablePage({
    table: "universe",
    identity,
    group: "shortcuts.group.table",
    enabled: search.view === undefined,
    total: rows.total ?? 0,
    rowAt: rows.rowAt,
    busy: rows.busy,
    keyOf: orgnrOf,
    fetch: (offset, limit) => fetchRows({ selection, sort, columns: [] }, offset, limit),
    reveal: (index) => grid.current?.reveal(index),
    onOpen: open,
    preview: {
      shown: search.o,
      company: search.o ? nameOf(queries, search.o) : null,
      show: (row) => preview(row?.orgnr),
    },
  });
  const { selected, companies, toggle, add, clear } = page.selection;

  const setColumns = useCallback(
    (next: readonly ColumnChoice[]) => change({ cols: printColumns(next) }, true),
    [change],
  );
  const prospects = useProspectMap();
  const marks = useMarks(rows.orgnrs);
  const gridColumns = useGridColumns({
    prospects,
    marks,
    // Beside a name a phone has room for a figure or two; who chose columns has chosen their order.
    columns: isPhone && !search.cols ? figuresFirst(columns, fields) : columns,
    fields,
    sort,
    nameWidth: nameColumn?.width ?? (window.innerWidth < 640 ? 148 : 208),
    selected,
    total: rows.total ?? 0,
    onPick: page.selection.pick,
    onClear: clear,
  });

  useShortcuts([
    {
      keys: "/",
      label: "shortcuts.search",
      group: "shortcuts.group.table",
      run: () => document.getElementById("universe-search")?.focus(),
    },
  ]);

  if (catalogue.isPending || catalogue.isError) {
    return (
      <>
        <PageBar title={t("universe.title")} />
        {catalogue.isError ? (
          <ErrorState error={catalogue.error} onRetry={() => void catalogue.refetch()} />
        ) : (
          <LoadingBlock lines={12} />
        )}
      </>
    );
  }
  const style = { unit, locale, t };

  return (
    <>
      <UniverseBar
        rows={rows}
        search={search}
        columns={columns}
        fields={fields}
        selected={selected}
        panel={panel}
        onPanel={() => setPanel(!panel)}
        onSearch={(q) => change({ q }, true)}
        onColumns={setColumns}
        onView={(view) => change({ view })}
        onSavedView={(v) => change({ v }, true)}
        onRefresh={() => void queries.invalidateQueries({ queryKey: ["universe"] })}
        stale={stale}
        selection={selection}
        exportBody={{
          ...selection,
          sort,
          columns: ["orgnr", "name", ...asked.filter((key) => key !== "revenue_series")],
        }}
      />
      <div className="flex shrink-0 flex-wrap items-start gap-x-3 gap-y-1.5 border-line border-b bg-surface px-4 py-1.5 max-sm:px-3">
        <div className="flex min-w-0 flex-1 flex-col gap-1.5">
          {askOpen && (
            <AskBox sentence={search.ask} filter={search.f} fields={fields} style={style} onAsk={change} />
          )}
          {textOpen && (
            <TextFilter
              text={search.f ?? ""}
              fields={fields}
              error={filter.error}
              pending={filter.pending}
              onApply={commitText}
            />
          )}
          <FilterChips
            state={filter}
            fields={fields}
            groups={groups}
            style={style}
            onEditText={() => setTextOpen(true)}
          />
          {filter.error && !textOpen && (
            <FilterFault error={filter.error} text={search.f ?? ""} fields={fields} onApply={commitText} />
          )}
        </div>
        <button
          type="button"
          aria-pressed={askOpen}
          title={t("universe.ask.open")}
          onClick={() => {
            if (askOpen && search.ask !== undefined) change({ ask: undefined }, true);
            setAskOpen(!askOpen);
          }}
          className="inline-flex h-6 items-center gap-1 rounded-md px-1.5 text-ink-2 text-xs hover:bg-hover aria-pressed:bg-selected aria-pressed:text-ink"
        >
          <MessageSquareText size={13} aria-hidden />
          <span className="max-sm:sr-only">{t("universe.ask.open")}</span>
        </button>
        <button
          type="button"
          aria-pressed={textOpen}
          title={t("universe.text.open")}
          onClick={() => setTextOpen(!textOpen)}
          className="h-6 rounded-md px-1.5 font-mono text-ink-2 text-xs hover:bg-hover aria-pressed:bg-selected aria-pressed:text-ink"
        >
          <span aria-hidden>{"{ }"}</span>
          <span className="sr-only">{t("universe.text.open")}</span>
        </button>
      </div>
      {selected.size > 0 && (
        <SelectionBar
          selected={selected}
          companies={companies}
          onSimilar={() => change({ view: "similar", seeds: [...selected].slice(0, 100).join(",") })}
          onClear={clear}
        />
      )}
      <div className="relative flex min-h-0 flex-1">
        {panel && (
          <DistributionPanel
            rows={rows}
            filter={filter}
            fields={fields}
            groups={groups}
            distributions={distributions}
            style={style}
            brush={brush}
            onBrush={drag}
            onCommit={letGo}
            onDistributions={(next) => change({ dist: next.join(",") }, true)}
            onClose={() => setPanel(false)}
          />
        )}
        {search.view === "scatter" ? (
          <ScatterView
            selection={selection}
            fields={fields}
            x={search.x ?? "revenue"}
            y={search.y ?? "ebit_margin"}
            style={style}
            selected={selected}
            onAxes={(axes) => change(axes, true)}
            onFilter={(conditions) => void filter.setFields(conditions)}
            onSelect={(points) => add(points.map((point) => [point.orgnr, point]))}
          />
        ) : search.view === "funnel" ? (
          <FunnelView selection={selection} filter={filter} fields={fields} style={style} />
        ) : search.view === "similar" ? (
          <SimilarView
            selection={selection}
            fields={fields}
            groups={groups}
            seeds={parseSeeds(search.seeds)}
            weights={search.w}
            style={style}
            selected={selected}
            onSeeds={(seeds) => change({ seeds: seeds.join(",") || undefined })}
            onWeights={(w) => change({ w }, true)}
            onSelect={toggle}
            onPreview={preview}
          />
        ) : search.view === "snapshots" ? (
          <SnapshotsView
            selection={selection}
            total={rows.total}
            fields={fields}
            style={style}
            open={search.snap}
            onOpen={(snap) => change({ snap })}
            onFilter={(text) => change({ f: text, q: undefined, view: undefined, snap: undefined })}
          />
        ) : (
          <div className="flex min-w-0 flex-1 flex-col">
            {rows.error !== null && rows.total !== null && readable && (
              <div className="border-line border-b bg-bad-soft">
                <ErrorState compact error={rows.error} onRetry={rows.retry} />
              </div>
            )}
            {!readable && rows.total === null ? (
              <EmptyState title={t("universe.fault.title")}>
                <Button onClick={() => change({ f: undefined })}>{t("universe.fault.clear")}</Button>
              </EmptyState>
            ) : rows.error !== null && rows.total === null ? (
              <ErrorState error={rows.error} onRetry={rows.retry} />
            ) : rows.total === 0 ? (
              <EmptyResult
                selection={selection}
                filter={filter}
                fields={fields}
                style={style}
                onClearSearch={() => change({ q: undefined })}
                onClear={() => change({ f: undefined })}
              />
            ) : (
              <Grid
                ref={grid}
                label={t("universe.label")}
                columns={gridColumns}
                count={rows.total ?? 40}
                rowHeight={rowHeight(density)}
                rowAt={rows.rowAt}
                busy={rows.busy}
                active={page.active}
                onActive={page.activate}
                onOpen={open}
                onVisible={(first, end) =>
                  setVisible((now) => (now.first === first && now.end === end ? now : { first, end }))
                }
                onSort={(key, additive) => {
                  const field = fields.get(key);
                  const first =
                    field && field.kind !== "text" && field.kind !== "category" && key !== "orgnr"
                      ? "desc"
                      : "asc";
                  change({ sort: printSort(toggleSort(sort, key, first, additive)) });
                }}
                onResize={(key, width) => {
                  if (key !== "select") setColumns(changeColumn(withColumn(columns, key), key, { width }));
                }}
                onHeaderDrop={(dragged, onto) => setColumns(moveColumn(columns, dragged, onto))}
                onPick={page.pick}
                isSelected={(row) => selected.has(row.orgnr)}
                resizeLabel={(key) =>
                  t("table.resize", { column: pick(fields.get(key)?.label, locale) || key })
                }
              />
            )}
          </div>
        )}
        {search.o && (
          <PreviewPane
            orgnr={search.o}
            fields={fields}
            style={style}
            onSimilar={() => change({ view: "similar", seeds: search.o })}
            onClose={() => preview(undefined)}
          />
        )}
      </div>
    </>
  );
}

/** The companies of these conditions and words. */
function treeOf(nodes: readonly FilterNode[], q: string | undefined): Selection {
  const words = q ? { q } : {};
  return nodes.length > 0 ? { filter: { all: [...nodes] }, ...words } : words;
}

/** Whether the server's data is newer than what is shown; versions are numbers in text. */
function isNewer(newest: string | null | undefined, shown: string | null): boolean {
  return typeof newest === "string" && shown !== null && Number(newest) > Number(shown);
}

function orgnrOf(row: CompanyRef): string {
  return row.orgnr;
}

/** A company that is shown outside the table, with its name where it has been fetched. */
function nameOf(queries: QueryClient, orgnr: string): CompanyRef {
  return { orgnr, name: queries.getQueryData(companyQuery(orgnr).queryKey)?.name ?? null };
}
