import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import {
  ArrowLeft,
  ClipboardPaste,
  Download,
  Ellipsis,
  EyeOff,
  Scale,
  Sparkles,
  Trash2,
  Users,
} from "lucide-react";
import { useCallback, useMemo, useRef, useState } from "react";
import { CompanyActionButtons } from "@/shared/actions/company-action-buttons";
import type { CompanyRef } from "@/shared/actions/company-actions";
import { countCompanies } from "@/shared/actions/company-labels";
import { downloadFile } from "@/shared/api/fetch";
import { asApiError } from "@/shared/api/problem";
import { useMay } from "@/shared/auth/me";
import { useCatalogue } from "@/shared/catalogue/fields";
import { PreviewPane } from "@/shared/company/preview-pane";
import { useProspectMap } from "@/shared/company/work-marks";
import { MOST_AT_ONCE, useExportActions } from "@/shared/exports/queries";
import { useI18n } from "@/shared/i18n/i18n";
import { useShortcuts } from "@/shared/keyboard/shortcuts";
import { listQuery, type SavedList, undoChange, useChangeListItems } from "@/shared/lists/queries";
import { FOLLOW_EVERY } from "@/shared/live/announce";
import { unlessLive } from "@/shared/live/live-state";
import { personName } from "@/shared/people/person-name";
import { rowHeight, usePreferences } from "@/shared/preferences/preferences";
import {
  type ColumnChoice,
  changeColumn,
  moveColumn,
  withColumn,
  writeColumns,
} from "@/shared/table/column-choice";
import { figuresFirst } from "@/shared/table/figures-first";
import { Grid, type GridHandle } from "@/shared/table/grid";
import { useTablePage } from "@/shared/table/use-table-page";
import { Button, IconButton } from "@/shared/ui/button";
import { LinkButton } from "@/shared/ui/link-button";
import { Menu, MenuItem, MenuLine } from "@/shared/ui/menu";
import { PageBar } from "@/shared/ui/section";
import { EmptyState, ErrorState, LoadingBlock } from "@/shared/ui/states";
import { showFailure, showToast } from "@/shared/ui/toast-store";
import { type PanelOptions, usePanelHistory } from "@/shared/ui/use-panel-history";
import { useIsPhone } from "@/shared/ui/use-phone";
import { ColumnMenu } from "./column-menu";
import { EditListDialog } from "./edit-list-dialog";
import {
  askedColumns,
  columnTitle,
  listColumns,
  parseColumns,
  readSort,
  STANDARD_COLUMNS,
  sortedBy,
} from "./list-columns";
import { ListBadges } from "./lists-page";
import { MergeDialog } from "./merge-dialog";
import { NoteDialog } from "./note-dialog";
import { PasteDialog } from "./paste-dialog";
import { bodyOf, fetchCompanies, type Row, useListRows } from "./rows";
import type { ListSearch } from "./search-params";
import { useFollowList } from "./use-follow-list";
import { useListActions } from "./use-list-actions";

const route = getRouteApi("/lists/$id");

type Open = { kind: "edit" | "paste" | "merge" } | { kind: "note"; row: Row } | null;

/** One list: its companies in the same table as the universe, and what is done with them. */
export function ListPage() {
  const { id } = route.useParams();
  const { t } = useI18n();
  const list = useQuery({ ...listQuery(id), refetchInterval: unlessLive(FOLLOW_EVERY) });
  useFollowList(list.data);
  if (list.isPending) return <LoadingBlock lines={12} />;
  if (list.isError) {
    if (!asApiError(list.error).isNotFound) {
      return <ErrorState error={list.error} onRetry={() => void list.refetch()} />;
    }
    return (
      <div className="pt-[10vh]">
        <EmptyState isPage title={t("lists.notFound")}>
          <p>{t("lists.notFoundText")}</p>
          <p className="mt-3">
            <Link to="/lists" search={{}} className="font-medium text-accent underline underline-offset-2">
              {t("lists.all")}
            </Link>
          </p>
        </EmptyState>
      </div>
    );
  }
  return <ListView key={id} list={list.data as SavedList} />;
}

function ListView({ list }: { list: SavedList }) {
  const { t, locale } = useI18n();
  const { unit, density } = usePreferences();
  const isPhone = useIsPhone();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const queries = useQueryClient();
  const { query: catalogue, fields } = useCatalogue();
  const mayEdit = useMay("edit_work");
  const mayExport = useMay("export");
  const mayRun = useMay("run_analysis");
  const owns = useMay("manage_team_work") || list.is_own;
  const actions = useListActions();
  const { start: startExport } = useExportActions();
  const items = useChangeListItems();
  const grid = useRef<GridHandle>(null);
  const [visible, setVisible] = useState({ first: 0, end: 50 });
  const [open, setOpen] = useState<Open>(null);
  const isDynamic = list.kind === "dynamic";

  const change = useCallback(
    (next: Partial<ListSearch>) =>
      void navigate({ search: (before: ListSearch) => ({ ...before, ...next }), replace: true }),
    [navigate],
  );
  const panel = usePanelHistory();
  const preview = (orgnr: string | undefined) => {
    const go = (options: PanelOptions) =>
      void navigate({ search: (before: ListSearch) => ({ ...before, o: orgnr }), ...options });
    if (orgnr === undefined) panel.close(go);
    else panel.show(search.o !== undefined, go);
  };
  const columns = useMemo(() => parseColumns(search.cols), [search.cols]);
  const sort = useMemo(() => readSort(search.sort), [search.sort]);
  const screen = useMemo(
    () => ({
      listId: list.id,
      sort,
      columns: askedColumns(columns, fields),
      includeExcluded: search.excluded === true,
    }),
    [list.id, sort, columns, fields, search.excluded],
  );
  const setColumns = (next: readonly ColumnChoice[]) =>
    change({ cols: writeColumns(next, STANDARD_COLUMNS) });
  const rows = useListRows(screen, visible);
  const prospects = useProspectMap();
  const total = rows.total ?? 0;
  const openCompany = useCallback(
    (row: Row) => void navigate({ to: "/company/$orgnr", params: { orgnr: row.orgnr }, search: {} }),
    [navigate],
  );
  const page = useTablePage({
    table: `list:${list.id}`,
    identity: JSON.stringify([search.sort, search.excluded]),
    group: "shortcuts.group.table",
    total,
    rowAt: rows.rowAt,
    busy: rows.busy,
    keyOf: orgnrOf,
    fetch: (offset, limit) => fetchCompanies(screen, offset, limit),
    reveal: (index) => grid.current?.reveal(index),
    onOpen: openCompany,
    preview: {
      shown: search.o,
      company: search.o ? { orgnr: search.o, name: null } : null,
      show: (row) => preview(row?.orgnr),
    },
  });
  const { activeRow } = page;
  const { selected, companies: chosen, clear } = page.selection;
  const remove = async (companies: readonly CompanyRef[]) => {
    if (companies.length === 0) return;
    try {
      const orgnrs = companies.map((company) => company.orgnr);
      const done = await items.mutateAsync({ id: list.id, orgnrs, remove: true });
      const undo = done.change_id;
      page.selection.drop(orgnrs);
      showToast({
        text: { key: "lists.removed", values: { what: countCompanies(companies, t), list: list.name } },
        undo: undo ? () => undoChange(queries, undo) : undefined,
      });
    } catch (error) {
      showFailure("lists.failed", error);
    }
  };
  const compare = (orgnrs: string[]) =>
    void navigate({ to: "/compare", search: { orgnrs: orgnrs.slice(0, 6).join(","), list: list.id } });
  const exportList = (format: "csv" | "xlsx") => {
    const orgnrs = [...selected];
    const { filter, ...rest } = bodyOf(screen);
    const body = {
      ...rest,
      // The list stands in the filter of its selected companies too: the file has its notes.
      filter: orgnrs.length > 0 ? { all: [filter, { field: "orgnr", op: "in", value: orgnrs }] } : filter,
      columns: ["orgnr", "name", ...screen.columns],
      format,
      language: locale,
    };
    if (orgnrs.length === 0 && total > MOST_AT_ONCE) {
      startExport.mutate({
        ...rest,
        what: "list",
        list_id: list.id,
        columns: body.columns,
        format,
        language: locale,
      });
      return;
    }
    downloadFile(
      "/api/universe/export",
      { own: `${list.name} ${new Date().toISOString().slice(0, 10)}.${format}` },
      {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      },
    ).catch((error: unknown) => showFailure("download.failed", error));
  };

  useShortcuts([
    {
      keys: "w",
      label: "lists.note",
      group: "shortcuts.group.table",
      run: () => mayEdit && !isDynamic && activeRow && setOpen({ kind: "note", row: activeRow }),
    },
    {
      keys: "delete",
      // What is looked at goes, whatever is selected; the selection goes from its bar.
      label: "lists.remove",
      group: "shortcuts.group.table",
      run: () => mayEdit && !isDynamic && activeRow && void remove([activeRow]),
    },
  ]);

  if (catalogue.isPending) return <LoadingBlock lines={12} />;
  if (catalogue.isError) {
    return <ErrorState error={catalogue.error} onRetry={() => void catalogue.refetch()} />;
  }
  const style = { unit, locale, t };
  // Nobody chose the columns, and nothing stands in these: the room is for figures. `w` writes the first note.
  const hasLabels = [...rows.markOf.values()].some((mark) => mark.labels.length > 0);
  const standard = isPhone ? figuresFirst(columns, fields) : columns;
  const shownColumns = search.cols
    ? columns
    : standard.filter(
        ({ key }) => (key !== "note" || (list.note_count ?? 0) > 0) && (key !== "labels" || hasLabels),
      );
  const close = () => setOpen(null);
  return (
    <>
      <PageBar
        title={list.name}
        lead={
          <Link
            to="/lists"
            search={{}}
            aria-label={t("lists.all")}
            title={t("lists.all")}
            className="-ml-1.5 flex size-7 items-center justify-center rounded-md text-ink-2 hover:bg-hover hover:text-ink"
          >
            <ArrowLeft size={16} aria-hidden />
          </Link>
        }
      >
        <ListBadges list={list} />
        <span className="inline-flex items-center gap-1.5 text-ink-2 text-xs">
          {list.scope === "team" && <Users size={13} aria-hidden />}
          {list.scope === "team"
            ? t("lists.teamBy", { who: personName(list.owner_name, t) })
            : t("lists.private")}
        </span>
        <span role="status" className="tabular text-ink-2 text-sm">
          {t("lists.companies", { count: rows.total ?? list.item_count ?? 0 })}
          {(list.note_count ?? 0) > 0 && ` · ${t("lists.notes", { count: list.note_count ?? 0 })}`}
        </span>
        {(rows.hidden > 0 || search.excluded) && (
          <Button
            size="sm"
            look="ghost"
            aria-pressed={search.excluded === true}
            onClick={() => change({ excluded: search.excluded ? undefined : true })}
          >
            <EyeOff size={13} aria-hidden />
            {search.excluded ? t("exclusions.hideAgain") : t("exclusions.hint", { count: rows.hidden })}
          </Button>
        )}
        <div className="ml-auto flex items-center gap-1.5">
          {mayEdit && !isDynamic && (
            <Button look="primary" onClick={() => setOpen({ kind: "paste" })}>
              <ClipboardPaste size={14} aria-hidden />
              <span className="max-sm:sr-only">{t("lists.addCompanies")}</span>
            </Button>
          )}
          {mayRun && (
            <LinkButton
              look="ghost"
              to="/ai/runs/new"
              search={{ list: list.id }}
              title={t("runs.overList")}
              disabled={total === 0}
            >
              <Sparkles size={14} aria-hidden />
              <span className="max-sm:sr-only">{t("runs.startRun")}</span>
            </LinkButton>
          )}
          <ColumnMenu
            columns={columns}
            titleOf={(key) => columnTitle(key, fields, style)}
            onChange={setColumns}
          />
          {mayExport && (
            <Menu
              align="end"
              trigger={
                <Button look="ghost" aria-label={t("lists.export")} title={t("lists.export")}>
                  <Download size={14} aria-hidden />
                  <span className="max-xl:sr-only" aria-hidden>
                    {t("lists.export")}
                  </span>
                </Button>
              }
            >
              <MenuItem onSelect={() => exportList("xlsx")}>Excel</MenuItem>
              <MenuItem onSelect={() => exportList("csv")}>CSV</MenuItem>
            </Menu>
          )}
          <Menu
            align="end"
            trigger={
              <IconButton label={t("lists.menuOf", { list: list.name })}>
                <Ellipsis size={16} aria-hidden />
              </IconButton>
            }
          >
            {mayEdit && (
              <>
                <MenuItem disabled={!owns} onSelect={() => setOpen({ kind: "edit" })}>
                  {t("lists.edit")}
                </MenuItem>
                {isDynamic ? (
                  <MenuItem disabled={!owns} onSelect={() => void actions.freeze(list)}>
                    {t("lists.freeze")}
                  </MenuItem>
                ) : (
                  <MenuItem onSelect={() => setOpen({ kind: "merge" })}>{t("lists.merge")}</MenuItem>
                )}
                <MenuItem
                  onSelect={() =>
                    void actions.duplicate(list, t("lists.copyOf", { list: list.name }).slice(0, 200))
                  }
                >
                  {t("lists.duplicate")}
                </MenuItem>
                <MenuLine />
                <MenuItem disabled={!owns} onSelect={() => void actions.archive(list, !list.archived_at)}>
                  {t(list.archived_at ? "lists.unarchive" : "lists.archive")}
                </MenuItem>
                <MenuItem
                  disabled={!owns}
                  onSelect={() =>
                    void actions
                      .remove(list)
                      .then((gone) => (gone ? navigate({ to: "/lists", search: {} }) : undefined))
                  }
                >
                  {t("action.delete")}
                </MenuItem>
              </>
            )}
          </Menu>
        </div>
      </PageBar>
      {(list.description || (isDynamic && list.filter_text)) && (
        <p className="shrink-0 border-line border-b bg-surface px-4 py-1.5 text-ink-2 text-sm max-sm:px-3">
          {list.description}
          {isDynamic && list.filter_text && (
            <Link
              to="/universe"
              search={{ f: list.filter_text }}
              className="ml-2 font-mono text-accent text-xs hover:underline"
            >
              {list.filter_text}
            </Link>
          )}
        </p>
      )}
      {selected.size > 0 && (
        <section
          aria-label={t("lists.bulk")}
          className="flex shrink-0 flex-wrap items-center gap-x-1 gap-y-1 border-line border-b bg-accent-soft px-4 py-1 max-sm:px-3"
        >
          <span className="tabular mr-2 font-medium text-sm">
            {t("lists.selected", { count: selected.size })}
          </span>
          <CompanyActionButtons companies={chosen} />
          <Button
            size="sm"
            look="ghost"
            disabled={selected.size < 2 || selected.size > 6}
            title={t("compare.limit")}
            onClick={() => compare([...selected])}
          >
            <Scale size={13} aria-hidden /> {t("compare.do")}
          </Button>
          {mayEdit && !isDynamic && (
            <Button size="sm" look="ghost" onClick={() => void remove(chosen)}>
              <Trash2 size={13} aria-hidden /> {t("lists.remove")}
            </Button>
          )}
          <Button size="sm" look="ghost" className="ml-auto" onClick={clear}>
            {t("table.selectNone")}
          </Button>
        </section>
      )}
      {rows.error !== null && rows.total === null ? (
        <ErrorState error={rows.error} onRetry={rows.retry} />
      ) : rows.total === 0 ? (
        <EmptyState title={t(rows.hidden > 0 ? "lists.allHidden" : "lists.empty")}>
          {rows.hidden === 0 && <p>{t(isDynamic ? "lists.emptyDynamic" : "lists.emptyText")}</p>}
          {mayEdit && !isDynamic && rows.hidden === 0 && (
            <p className="mt-3">
              <Button look="primary" onClick={() => setOpen({ kind: "paste" })}>
                <ClipboardPaste size={14} aria-hidden /> {t("lists.addCompanies")}
              </Button>
            </p>
          )}
        </EmptyState>
      ) : (
        <div className="relative flex min-h-0 flex-1">
          <div className="flex min-h-0 min-w-0 flex-1 flex-col">
            {rows.error !== null && (
              <div className="border-line border-b bg-bad-soft">
                <ErrorState compact error={rows.error} onRetry={rows.retry} />
              </div>
            )}
            <Grid
              ref={grid}
              label={list.name}
              columns={listColumns({
                columns: shownColumns,
                fields,
                style,
                sort,
                selection: { selected, total, onPick: page.pick, onClear: clear, t },
                markOf: rows.markOf,
                prospects,
                mayEdit: mayEdit && !isDynamic,
                onNote: (row) => setOpen({ kind: "note", row }),
              })}
              count={rows.total ?? 20}
              rowHeight={rowHeight(density)}
              rowAt={rows.rowAt}
              keyOf={(row) => row.orgnr}
              identity={JSON.stringify([list.id, search.sort, search.excluded])}
              busy={rows.busy}
              active={page.active}
              onActive={page.activate}
              onPick={page.pick}
              onOpen={openCompany}
              onVisible={(first, end) =>
                setVisible((now) => (now.first === first && now.end === end ? now : { first, end }))
              }
              onSort={(key) => change({ sort: sortedBy(key, sort, fields) })}
              onResize={(key, width) => {
                if (key !== "select") setColumns(changeColumn(withColumn(columns, key), key, { width }));
              }}
              onHeaderDrop={(dragged, onto) => setColumns(moveColumn(columns, dragged, onto))}
              resizeLabel={(key) => t("table.resize", { column: columnTitle(key, fields, style) })}
              isSelected={(row) => selected.has(row.orgnr)}
            />
          </div>
          {search.o && (
            <PreviewPane orgnr={search.o} fields={fields} style={style} onClose={() => preview(undefined)} />
          )}
        </div>
      )}
      {open?.kind === "edit" && <EditListDialog list={list} onClose={close} />}
      {open?.kind === "paste" && <PasteDialog list={list} onClose={close} />}
      {open?.kind === "merge" && <MergeDialog list={list} onClose={close} />}
      {open?.kind === "note" && (
        <NoteDialog
          listId={list.id}
          orgnr={open.row.orgnr}
          name={open.row.name ?? open.row.orgnr}
          note={rows.markOf.get(open.row.orgnr)?.item?.note ?? null}
          onClose={close}
        />
      )}
    </>
  );
}

function orgnrOf(row: CompanyRef): string {
  return row.orgnr;
}
