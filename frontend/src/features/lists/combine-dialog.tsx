import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { X } from "lucide-react";
import { type FormEvent, useId, useState } from "react";
import { api, unwrap } from "@/shared/api/client";
import { useI18n } from "@/shared/i18n/i18n";
import { type Expression, listsQuery, refreshLists, type SavedList } from "@/shared/lists/queries";
import { Button, IconButton } from "@/shared/ui/button";
import { Dialog } from "@/shared/ui/dialog";
import { LabelledField, SelectField } from "@/shared/ui/field";
import { Segmented } from "@/shared/ui/segmented";
import { ErrorState } from "@/shared/ui/states";
import { showToast } from "@/shared/ui/toast-store";
import { useDelayed } from "@/shared/ui/use-delayed";
import { LETTERS, parseFormula } from "./expression";

const OPERATORS = [
  { sign: "∩", key: "combine.and" },
  { sign: "∪", key: "combine.or" },
  { sign: "−", key: "combine.without" },
] as const;

/** A new list out of others, by any formula of union, intersection and difference. */
export function CombineDialog({
  start,
  onClose,
  onCreated,
}: {
  /** The lists to begin with. */
  start: readonly string[];
  onClose: () => void;
  onCreated: (list: SavedList) => void;
}) {
  const { t } = useI18n();
  const queries = useQueryClient();
  const id = useId();
  const lists = useQuery(listsQuery);
  const [ids, setIds] = useState<readonly string[]>(start);
  const [formula, setFormula] = useState(() => start.map((_, index) => LETTERS[index]).join(" ∩ "));
  const [name, setName] = useState("");
  const [scope, setScope] = useState<"private" | "team">("private");
  const read = parseFormula(formula, ids);
  const expression = "expression" in read ? read.expression : null;
  const asked = useDelayed(JSON.stringify(expression), 200);
  const count = useQuery({
    queryKey: ["lists", "combined", asked],
    queryFn: ({ signal }) =>
      unwrap(
        api.POST("/api/lists/combine/count", {
          body: { expression: JSON.parse(asked) as Expression },
          signal,
        }),
      ),
    enabled: asked !== "null",
    placeholderData: keepPreviousData,
  });
  const create = useMutation({
    mutationFn: (from: Expression) =>
      unwrap(api.POST("/api/lists/combine", { body: { name, scope, expression: from } })),
    onSettled: () => refreshLists(queries),
  });
  const all = lists.data?.items ?? [];
  const listOf = (list: string) => all.find((candidate) => candidate.id === list);
  const add = (list: string) => {
    if (!list || ids.includes(list) || ids.length >= LETTERS.length) return;
    const letter = LETTERS[ids.length];
    setIds([...ids, list]);
    setFormula(formula.trim() === "" ? `${letter}` : `${formula.trim()} ∩ ${letter}`);
  };
  const remove = (at: number) => {
    // Letters move up behind the one that goes; the formula names it no more.
    setIds(ids.filter((_, index) => index !== at));
    setFormula(
      ids
        .filter((_, index) => index !== at)
        .map((_, index) => LETTERS[index])
        .join(" ∩ "),
    );
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!expression || name.trim() === "") return;
    try {
      const made = await create.mutateAsync(expression);
      onClose();
      showToast({ text: { key: "lists.made", values: { list: made.name } } });
      onCreated(made as SavedList);
    } catch {
      // The dialog shows what was refused.
    }
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("combine.title")}
      description={t("combine.text")}
    >
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-3">
        {ids.length > 0 && (
          <ul className="flex flex-col gap-1">
            {ids.map((list, index) => (
              <li key={list} className="flex h-7 items-center gap-2">
                <span className="inline-flex size-5 items-center justify-center rounded-sm bg-accent-soft font-semibold text-accent-strong text-xs">
                  {LETTERS[index]}
                </span>
                <span className="truncate">{listOf(list)?.name ?? list}</span>
                <span className="tabular ml-auto text-ink-2 text-xs">
                  {t("lists.companies", { count: listOf(list)?.item_count ?? 0 })}
                </span>
                <IconButton
                  size="sm"
                  label={t("combine.remove", { list: listOf(list)?.name ?? "" })}
                  onClick={() => remove(index)}
                >
                  <X size={14} aria-hidden />
                </IconButton>
              </li>
            ))}
          </ul>
        )}
        <SelectField
          aria-label={t("combine.add")}
          value=""
          onChange={(event) => add(event.target.value)}
          className="w-full"
        >
          <option value="">{t("combine.add")}</option>
          {all
            .filter((list) => !ids.includes(list.id))
            .map((list) => (
              <option key={list.id} value={list.id}>
                {list.name}
              </option>
            ))}
        </SelectField>
        <LabelledField
          label={t("combine.formula")}
          value={formula}
          onChange={(event) => setFormula(event.target.value)}
          aria-describedby={`${id}-told`}
          aria-invalid={expression === null && ids.length > 0}
          className="[&_input]:font-mono"
        />
        <div className="flex flex-wrap items-center gap-1.5">
          {OPERATORS.map(({ sign, key }) => (
            <Button key={sign} size="sm" onClick={() => setFormula(`${formula.trimEnd()} ${sign} `)}>
              <span aria-hidden className="font-mono">
                {sign}
              </span>
              {t(key)}
            </Button>
          ))}
          <output id={`${id}-told`} className="ml-auto text-sm">
            {ids.length === 0
              ? t("combine.choose")
              : "fault" in read
                ? t(`combine.fault.${read.fault.reason}`, { at: read.fault.at + 1 })
                : count.isError
                  ? ""
                  : count.data
                    ? t("lists.companies", { count: count.data.count })
                    : t("state.loading")}
          </output>
        </div>
        <div className="flex flex-wrap items-end gap-3">
          <LabelledField
            label={t("lists.name")}
            maxLength={200}
            value={name}
            onChange={(event) => setName(event.target.value)}
            className="min-w-48 flex-1"
          />
          <Segmented
            label={t("lists.readers")}
            value={scope}
            onChange={setScope}
            options={[
              { value: "private", label: t("lists.private") },
              { value: "team", label: t("lists.team") },
            ]}
          />
        </div>
        {(create.error ?? count.error ?? lists.error) && (
          <ErrorState compact error={create.error ?? count.error ?? lists.error} />
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button
            type="submit"
            look="primary"
            disabled={!expression || name.trim() === "" || create.isPending}
          >
            {t("lists.create")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
