import { BarChart3, ChartScatter, Funnel, Link2, type LucideIcon, Search, Table2, X } from "lucide-react";
import { type ComponentProps, useEffect, useState } from "react";
import type { FieldMap } from "@/shared/catalogue/fields";
import { formatNumber } from "@/shared/format/number";
import { useI18n } from "@/shared/i18n/i18n";
import { Button, IconButton } from "@/shared/ui/button";
import { PageBar } from "@/shared/ui/section";
import { Segmented } from "@/shared/ui/segmented";
import { useDelayed } from "@/shared/ui/use-delayed";
import { ColumnChooser } from "./column-chooser";
import type { ColumnChoice } from "./columns";
import { ExportButton } from "./export-button";
import type { FilterState, Selection } from "./filter";
import type { UniverseRows } from "./rows";
import { SaveMenu } from "./save-menu";
import type { UniverseSearch } from "./search-params";

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
  onClearSelected,
  onView,
  exportBody,
  filter,
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
  onClearSelected: () => void;
  onView: (view: UniverseSearch["view"]) => void;
  exportBody: ComponentProps<typeof ExportButton>["body"];
  filter: FilterState;
  selection: Selection;
}) {
  const { t, locale } = useI18n();
  const [copied, setCopied] = useState(false);
  const copy = async (text: string) => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 1600);
  };
  return (
    <PageBar title={t("universe.title")}>
      <p role="status" aria-live="polite" className="tabular text-ink-2">
        {rows.total === null ? "" : t("universe.count", { count: rows.total })}
        {rows.tookMs !== null && rows.total !== null && (
          <span className="text-ink-3 text-xs max-sm:hidden">
            {" · "}
            {t("universe.took", { time: formatNumber(rows.tookMs, locale, rows.tookMs < 10 ? 1 : 0) })}
          </span>
        )}
      </p>
      <div className="ml-auto flex flex-wrap items-center gap-1.5 max-sm:ml-0 max-sm:w-full">
        {selected.size > 0 && (
          <span className="flex items-center gap-1 rounded-md bg-accent-soft px-2 text-accent-strong text-xs">
            <span className="tabular font-medium">{t("universe.selected", { count: selected.size })}</span>
            <Button look="ghost" size="sm" onClick={() => void copy([...selected].join("\n"))}>
              {t("universe.copyNumbers")}
            </Button>
            <IconButton size="sm" label={t("action.clear")} onClick={onClearSelected}>
              <X size={12} aria-hidden />
            </IconButton>
          </span>
        )}
        <Segmented
          label={t("universe.view.label")}
          value={search.view ?? "table"}
          onChange={(view) => onView(view === "table" ? undefined : view)}
          options={[
            {
              value: "table",
              title: t("universe.view.table"),
              label: <ViewFace icon={Table2} text={t("universe.view.table")} />,
            },
            {
              value: "scatter",
              title: t("universe.view.scatter"),
              label: <ViewFace icon={ChartScatter} text={t("universe.view.scatter")} />,
            },
            {
              value: "funnel",
              title: t("universe.view.funnel"),
              label: <ViewFace icon={Funnel} text={t("universe.view.funnel")} />,
            },
          ]}
        />
        <SearchBox value={search.q ?? ""} onChange={onSearch} />
        <IconButton
          label={t(panel ? "universe.facets.hide" : "universe.facets.show")}
          aria-pressed={panel}
          onClick={onPanel}
          className="aria-pressed:bg-selected aria-pressed:text-ink"
        >
          <BarChart3 size={15} aria-hidden />
        </IconButton>
        <IconButton
          label={copied ? t("action.copied") : t("universe.share")}
          onClick={() => void copy(window.location.href)}
        >
          <Link2 size={15} aria-hidden />
        </IconButton>
        <SaveMenu search={search} filter={filter} selection={selection} selected={selected} />
        <ExportButton body={exportBody} />
        <ColumnChooser columns={columns} fields={fields} onChange={onColumns} />
      </div>
      <span role="status" className="sr-only">
        {copied ? t("action.copied") : ""}
      </span>
    </PageBar>
  );
}

function ViewFace({ icon: Icon, text }: { icon: LucideIcon; text: string }) {
  return (
    <>
      <Icon size={14} aria-hidden />
      <span className="sr-only">{text}</span>
    </>
  );
}

function SearchBox({ value, onChange }: { value: string; onChange: (q: string | undefined) => void }) {
  const { t } = useI18n();
  const [draft, setDraft] = useState(value);
  const [seen, setSeen] = useState(value);
  const settled = useDelayed(draft, 140);
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
    <div role="search" className="relative max-sm:-order-1 max-sm:w-full">
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
        className="h-7 w-56 rounded-md border border-field bg-surface pr-2 pl-7 text-sm placeholder:text-ink-3 max-sm:w-full"
      />
    </div>
  );
}
