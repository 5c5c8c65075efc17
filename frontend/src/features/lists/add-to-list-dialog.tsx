import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Plus, Users } from "lucide-react";
import { type KeyboardEvent, useId, useState } from "react";
import type { CompanyActionProps } from "@/shared/actions/company-actions";
import { countCompanies, nameCompanies } from "@/shared/actions/company-labels";
import { useI18n } from "@/shared/i18n/i18n";
import {
  deleteList,
  listsQuery,
  type SavedList,
  undoChange,
  useChangeListItems,
  useCreateList,
} from "@/shared/lists/queries";
import { cx } from "@/shared/ui/class-names";
import { Dialog } from "@/shared/ui/dialog";
import { TextField } from "@/shared/ui/field";
import { Segmented } from "@/shared/ui/segmented";
import { ErrorState, LoadingBlock } from "@/shared/ui/states";
import { showToast } from "@/shared/ui/toast-store";
import { linkToList } from "./use-list-actions";

/** Puts companies into a list that is chosen by name, or into a new one; what was done can be taken back. */
export default function AddToListDialog({ companies, onClose }: CompanyActionProps) {
  const { t, locale } = useI18n();
  const id = useId();
  const queries = useQueryClient();
  const lists = useQuery(listsQuery);
  const change = useChangeListItems();
  const create = useCreateList();
  const [words, setWords] = useState("");
  const [scope, setScope] = useState<"private" | "team">("private");
  const [active, setActive] = useState(0);
  const orgnrs = companies.map((company) => company.orgnr);
  const one = companies.length === 1 ? companies[0] : undefined;
  const who = countCompanies(companies, t);

  const name = words.trim();
  const needle = name.toLocaleLowerCase(locale);
  // A list that follows a filter cannot be added to by hand.
  const found = (lists.data?.items ?? []).filter(
    (list) => list.kind === "static" && list.name.toLocaleLowerCase(locale).includes(needle),
  );
  // Until the lists are known nobody can say whether one of this name exists.
  const isNew =
    lists.isSuccess && name !== "" && !found.some((list) => list.name.toLocaleLowerCase(locale) === needle);
  const count = found.length + (isNew ? 1 : 0);
  const current = Math.min(active, count - 1);
  const busy = change.isPending || create.isPending;
  const error = change.error ?? create.error;

  const add = async (list: SavedList) => {
    try {
      const done = await change.mutateAsync({ id: list.id, orgnrs });
      const undo = done.change_id;
      onClose();
      showToast({
        text:
          one || done.changed === 0
            ? {
                key: done.changed === 0 ? "lists.wereIn" : "lists.added",
                values: { what: who, list: list.name },
              }
            : { key: "lists.addedCount", values: { count: done.changed, list: list.name } },
        link: linkToList(list.id),
        // Only what this added goes again: companies that were in the list before stay.
        undo: undo ? () => undoChange(queries, undo) : undefined,
      });
    } catch {
      // The dialog shows what was refused.
    }
  };
  const addNew = async () => {
    try {
      const made = await create.mutateAsync({ name, scope, orgnrs });
      onClose();
      showToast({
        text: { key: "lists.added", values: { what: who, list: made.name } },
        link: linkToList(made.id),
        undo: () => deleteList(queries, made.id),
      });
    } catch {
      // As above.
    }
  };
  const choose = (index: number) => {
    if (busy) return;
    const list = found[index];
    if (list) void add(list);
    else if (isNew) void addNew();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") setActive(Math.min(current + 1, count - 1));
    else if (event.key === "ArrowUp") setActive(Math.max(current - 1, 0));
    else if (event.key === "Enter") choose(current);
    else return;
    event.preventDefault();
  };

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("lists.add")}
      description={nameCompanies(companies, t)}
      className="max-w-[28rem]"
    >
      <TextField
        autoFocus
        role="combobox"
        aria-expanded="true"
        aria-controls={`${id}-lists`}
        aria-activedescendant={count > 0 ? `${id}-${current}` : undefined}
        aria-label={t("lists.findOrNew")}
        placeholder={t("lists.findOrNew")}
        maxLength={200}
        value={words}
        onChange={(event) => {
          setWords(event.target.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
        className="h-8 w-full"
      />
      {lists.isPending ? (
        <LoadingBlock lines={4} className="px-0" />
      ) : lists.isError ? (
        <ErrorState compact error={lists.error} onRetry={() => void lists.refetch()} />
      ) : (
        <div
          id={`${id}-lists`}
          role="listbox"
          aria-label={t("lists.add")}
          aria-busy={busy}
          tabIndex={-1}
          className="-mx-1 mt-2 max-h-72 overflow-y-auto"
        >
          {[...found, ...(isNew ? [null] : [])].map((list, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field above holds the focus and handles the keys.
            <div
              key={list?.id ?? "new"}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === current}
              onMouseMove={() => setActive(index)}
              onClick={() => choose(index)}
              className={cx("flex h-8 items-center gap-2 rounded-md px-2", index === current && "bg-hover")}
            >
              {list ? (
                <>
                  <span className="truncate">{list.name}</span>
                  {list.scope === "team" && (
                    <Users
                      size={13}
                      role="img"
                      aria-label={t("lists.team")}
                      className="shrink-0 text-ink-3"
                    />
                  )}
                  <span className="tabular ml-auto shrink-0 text-ink-2 text-xs">
                    {t("lists.companies", { count: list.item_count ?? 0 })}
                  </span>
                </>
              ) : (
                <>
                  <Plus size={14} aria-hidden className="shrink-0 text-accent" />
                  <span className="truncate">{t("lists.createNamed", { name })}</span>
                </>
              )}
            </div>
          ))}
          {count === 0 && <p className="px-2 py-3 text-ink-2">{t("lists.noneYet")}</p>}
        </div>
      )}
      {isNew && (
        <div className="mt-3 flex items-center gap-2 text-ink-2 text-xs">
          {t("lists.newFor")}
          <Segmented
            size="sm"
            label={t("lists.newFor")}
            value={scope}
            onChange={setScope}
            options={[
              { value: "private", label: t("lists.private") },
              { value: "team", label: t("lists.team") },
            ]}
          />
        </div>
      )}
      {error && <ErrorState compact error={error} />}
    </Dialog>
  );
}
