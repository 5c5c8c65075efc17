import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { ClipboardPaste, Combine, Ellipsis, ListFilter, Lock, Plus, Users } from "lucide-react";
import { useState } from "react";
import { useMay } from "@/shared/auth/me";
import { formatAgo, formatDateTime } from "@/shared/format/date";
import { useI18n } from "@/shared/i18n/i18n";
import { useShortcuts } from "@/shared/keyboard/shortcuts";
import { archivedListsQuery, listsQuery, type SavedList } from "@/shared/lists/queries";
import { personName } from "@/shared/people/person-name";
import { Badge } from "@/shared/ui/badge";
import { Button, IconButton } from "@/shared/ui/button";
import { cx } from "@/shared/ui/class-names";
import { TextField } from "@/shared/ui/field";
import { Menu, MenuItem, MenuLine } from "@/shared/ui/menu";
import { PlainTable } from "@/shared/ui/plain-table";
import { PageBar } from "@/shared/ui/section";
import { EmptyState, ErrorState, LoadingBlock } from "@/shared/ui/states";
import { CombineDialog } from "./combine-dialog";
import { EditListDialog } from "./edit-list-dialog";
import { LabelsPanel } from "./labels-panel";
import { MergeDialog } from "./merge-dialog";
import { PasteDialog } from "./paste-dialog";
import { useListActions } from "./use-list-actions";

const route = getRouteApi("/lists");

type Open =
  | { kind: "new" | "paste" }
  | { kind: "combine"; start: string[] }
  | { kind: "edit" | "merge"; list: SavedList }
  | null;

/** The lists that one may see: one's own and the team's, those put away, and the labels. */
export function ListsPage() {
  const { t } = useI18n();
  const { tab } = route.useSearch();
  const navigate = route.useNavigate();
  const may = useMay("edit_work");
  const lists = useQuery(tab === "archived" ? archivedListsQuery : listsQuery);
  const [words, setWords] = useState("");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const show = (list: SavedList) => void navigate({ to: "/lists/$id", params: { id: list.id }, search: {} });
  useShortcuts(
    [
      {
        keys: "c",
        label: "lists.shortcutNew",
        group: "shortcuts.group.table",
        run: () => setOpen({ kind: "new" }),
      },
    ],
    may,
  );

  const needle = words.trim().toLocaleLowerCase();
  const items = (lists.data?.items ?? []).filter((list) =>
    `${list.name} ${list.description ?? ""} ${personName(list.owner_name, t)}`
      .toLocaleLowerCase()
      .includes(needle),
  );
  const tabs = [
    { key: undefined, label: t("lists.tab.inUse") },
    { key: "archived" as const, label: t("lists.tab.archived") },
    { key: "labels" as const, label: t("lists.tab.labels") },
  ];
  return (
    <>
      <PageBar title={t("lists.title")}>
        {tab !== "labels" && (
          <TextField
            type="search"
            aria-label={t("lists.find")}
            placeholder={t("lists.find")}
            value={words}
            onChange={(event) => setWords(event.target.value)}
            className="w-56 max-sm:order-last max-sm:w-full"
          />
        )}
        {may && tab !== "labels" && (
          <div className="ml-auto flex items-center gap-2">
            <Button onClick={() => setOpen({ kind: "paste" })}>
              <ClipboardPaste size={14} aria-hidden />
              <span className="max-sm:sr-only">{t("lists.paste")}</span>
            </Button>
            <Button onClick={() => setOpen({ kind: "combine", start: [...chosen] })}>
              <Combine size={14} aria-hidden />
              <span className="max-sm:sr-only">{t("lists.combine")}</span>
            </Button>
            <Button look="primary" aria-keyshortcuts="c" onClick={() => setOpen({ kind: "new" })}>
              <Plus size={14} aria-hidden /> {t("lists.new")}
            </Button>
          </div>
        )}
      </PageBar>
      <nav
        aria-label={t("lists.title")}
        className="relative flex shrink-0 gap-1 overflow-x-auto border-line border-b bg-surface px-3"
      >
        {tabs.map((entry) => (
          <Link
            key={entry.key ?? "lists"}
            to="/lists"
            search={entry.key ? { tab: entry.key } : {}}
            aria-current={entry.key === tab ? "page" : undefined}
            className={cx(
              "-mb-px flex h-9 items-center border-b-2 px-2 font-medium whitespace-nowrap",
              entry.key === tab ? "border-accent text-ink" : "border-transparent text-ink-2 hover:text-ink",
            )}
          >
            {entry.label}
          </Link>
        ))}
      </nav>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto max-w-6xl p-4 max-sm:p-3">
          {tab === "labels" ? (
            <LabelsPanel />
          ) : lists.isPending ? (
            <LoadingBlock lines={8} />
          ) : lists.isError ? (
            <ErrorState error={lists.error} onRetry={() => void lists.refetch()} />
          ) : items.length === 0 ? (
            <EmptyState
              title={needle ? t("lists.noneFound", { words }) : t(tab ? "lists.noneArchived" : "lists.none")}
            >
              {!needle && !tab && (
                <>
                  <p>{t("lists.noneText")}</p>
                  <p className="mt-3">
                    <Link to="/universe" className="font-medium text-accent underline underline-offset-2">
                      {t("notFound.link")}
                    </Link>
                  </p>
                </>
              )}
            </EmptyState>
          ) : (
            <div className="panel">
              <ListsTable
                items={items}
                may={may}
                chosen={chosen}
                onChoose={setChosen}
                onOpen={setOpen}
                onCopied={show}
              />
            </div>
          )}
        </div>
      </div>
      {open?.kind === "new" && <EditListDialog list={null} onClose={close} onCreated={show} />}
      {open?.kind === "edit" && <EditListDialog list={open.list} onClose={close} />}
      {open?.kind === "paste" && <PasteDialog list={null} onClose={close} onCreated={show} />}
      {open?.kind === "merge" && <MergeDialog list={open.list} onClose={close} />}
      {open?.kind === "combine" && <CombineDialog start={open.start} onClose={close} onCreated={show} />}
    </>
  );
}

function ListsTable({
  items,
  may,
  chosen,
  onChoose,
  onOpen,
  onCopied,
}: {
  items: readonly SavedList[];
  may: boolean;
  chosen: ReadonlySet<string>;
  onChoose: (chosen: ReadonlySet<string>) => void;
  onOpen: (open: Open) => void;
  onCopied: (list: SavedList) => void;
}) {
  const { t, locale } = useI18n();
  return (
    <PlainTable
      label={t("lists.title")}
      rows={items}
      keyOf={(list) => list.id}
      columns={[
        {
          key: "choose",
          header: <span className="sr-only">{t("lists.choose")}</span>,
          className: "w-8",
          cell: (list) => (
            <input
              type="checkbox"
              aria-label={t("lists.chooseOne", { list: list.name })}
              checked={chosen.has(list.id)}
              onChange={() => {
                const next = new Set(chosen);
                if (!next.delete(list.id)) next.add(list.id);
                onChoose(next);
              }}
              className="block size-3.5 accent-[var(--accent)]"
            />
          ),
        },
        {
          key: "name",
          header: t("lists.name"),
          cell: (list) => (
            <span className="flex min-w-40 flex-col py-1">
              <span className="flex items-center gap-1.5">
                <Link
                  to="/lists/$id"
                  params={{ id: list.id }}
                  search={{}}
                  className="font-medium text-ink hover:text-accent hover:underline"
                >
                  {list.name}
                </Link>
                <ListBadges list={list} />
              </span>
              {list.description && (
                <span className="line-clamp-1 text-ink-2 text-xs">{list.description}</span>
              )}
            </span>
          ),
        },
        {
          key: "count",
          header: t("lists.count"),
          align: "right",
          cell: (list) =>
            (list.item_count ?? null)?.toLocaleString(locale === "sv" ? "sv-SE" : "en-GB") ?? "–",
        },
        {
          key: "scope",
          header: t("lists.readers"),
          cell: (list) => (
            <span className="inline-flex items-center gap-1.5 whitespace-nowrap text-ink-2">
              {list.scope === "team" ? <Users size={13} aria-hidden /> : <Lock size={13} aria-hidden />}
              <span className="max-sm:sr-only">
                {list.scope === "team" ? t("lists.team") : t("lists.private")}
              </span>
            </span>
          ),
        },
        {
          key: "owner",
          wide: true,
          header: t("lists.owner"),
          className: "whitespace-nowrap",
          cell: (list) => personName(list.owner_name, t),
        },
        {
          key: "changed",
          wide: true,
          header: t("lists.changedAt"),
          className: "whitespace-nowrap",
          cell: (list) => (
            <time dateTime={list.updated_at} title={formatDateTime(list.updated_at)} className="text-ink-2">
              {formatAgo(list.updated_at, locale)}
            </time>
          ),
        },
        ...(may
          ? [
              {
                key: "menu",
                header: <span className="sr-only">{t("lists.menu")}</span>,
                align: "right" as const,
                cell: (list: SavedList) => <ListMenu list={list} onOpen={onOpen} onCopied={onCopied} />,
              },
            ]
          : []),
      ]}
    />
  );
}

/** What must be known of a list before it is used. */
export function ListBadges({ list }: { list: Pick<SavedList, "kind" | "archived_at"> }) {
  const { t } = useI18n();
  return (
    <>
      {list.kind === "dynamic" && (
        <Badge tone="accent" title={t("lists.dynamicNote")}>
          <ListFilter size={10} aria-hidden /> {t("lists.dynamic")}
        </Badge>
      )}
      {list.archived_at && <Badge>{t("lists.archivedBadge")}</Badge>}
    </>
  );
}

function ListMenu({
  list,
  onOpen,
  onCopied,
}: {
  list: SavedList;
  onOpen: (open: Open) => void;
  onCopied: (list: SavedList) => void;
}) {
  const { t } = useI18n();
  const actions = useListActions();
  const mayManage = useMay("manage_team_work");
  const owns = list.is_own || mayManage;
  return (
    <Menu
      align="end"
      trigger={
        <IconButton size="sm" label={t("lists.menuOf", { list: list.name })}>
          <Ellipsis size={15} aria-hidden />
        </IconButton>
      }
    >
      <MenuItem disabled={!owns} onSelect={() => onOpen({ kind: "edit", list })}>
        {t("lists.edit")}
      </MenuItem>
      <MenuItem
        onSelect={() =>
          void actions
            .duplicate(list, t("lists.copyOf", { list: list.name }).slice(0, 200))
            .then((copy) => copy && onCopied(copy))
        }
      >
        {t("lists.duplicate")}
      </MenuItem>
      {list.kind === "static" && (
        <MenuItem onSelect={() => onOpen({ kind: "merge", list })}>{t("lists.merge")}</MenuItem>
      )}
      <MenuLine />
      <MenuItem disabled={!owns} onSelect={() => void actions.archive(list, !list.archived_at)}>
        {t(list.archived_at ? "lists.unarchive" : "lists.archive")}
      </MenuItem>
      <MenuItem disabled={!owns} onSelect={() => void actions.remove(list)}>
        {t("action.delete")}
      </MenuItem>
    </Menu>
  );
}
