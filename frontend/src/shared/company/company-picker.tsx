import { keepPreviousData, queryOptions, useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useId, useState } from "react";
import { api, unwrap } from "@/shared/api/client";
import { formatOrgnr } from "@/shared/format/orgnr";
import { useI18n } from "@/shared/i18n/i18n";
import { cx } from "@/shared/ui/class-names";
import { TextField } from "@/shared/ui/field";
import { ErrorState } from "@/shared/ui/states";
import { useDelayed } from "@/shared/ui/use-delayed";

export type FoundCompany = { orgnr: string; name: string | null; municipality?: string | null };

/**
 * Companies by name or number, typing errors included, those whose name begins with the words first. Excluded companies are
 * found too: who types a name wants that company. What only the description of a company says is for the screen to find.
 */
export const companySearchQuery = (q: string) =>
  queryOptions({
    queryKey: ["companies", "search", q],
    queryFn: async ({ signal }) => {
      const { items } = await unwrap(
        api.GET("/api/companies/search", { params: { query: { q, limit: 8 } }, signal }),
      );
      return {
        items: items.map(
          ({ orgnr, name, municipality }): FoundCompany => ({
            orgnr,
            name: name ?? null,
            municipality: municipality?.code,
          }),
        ),
      };
    },
    enabled: q.length >= 2,
    placeholderData: keepPreviousData,
  });

/** A box that finds one company by name or number. Arrow keys move, Enter chooses; the box is then empty again. */
export function CompanyPicker({
  label,
  onPick,
}: {
  label: string;
  onPick: (company: { orgnr: string; name: string | null }) => void;
}) {
  const { t } = useI18n();
  const id = useId();
  const [words, setWords] = useState("");
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const q = useDelayed(words.trim(), 120);
  const search = useQuery(companySearchQuery(q));
  const found = open && q.length >= 2 ? (search.data?.items ?? []) : [];
  const current = Math.min(active, found.length - 1);
  const choose = (index: number) => {
    const company = found[index];
    if (!company) return;
    onPick({ orgnr: company.orgnr, name: company.name ?? null });
    setWords("");
    setOpen(false);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") setActive(Math.min(current + 1, found.length - 1));
    else if (event.key === "ArrowUp") setActive(Math.max(current - 1, 0));
    else if (event.key === "Enter") choose(current);
    else if (event.key === "Escape" && open) setOpen(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const listed = open && q.length >= 2 && words.trim() !== "";
  return (
    <span className="relative inline-block">
      <TextField
        role="combobox"
        aria-expanded={listed}
        aria-controls={`${id}-list`}
        aria-activedescendant={found[current] ? `${id}-${current}` : undefined}
        aria-autocomplete="list"
        aria-label={label}
        placeholder={label}
        autoComplete="off"
        value={words}
        onChange={(event) => {
          setWords(event.target.value);
          setOpen(true);
          setActive(0);
        }}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
        className="h-6 w-52 text-xs"
      />
      <span
        id={`${id}-list`}
        role="listbox"
        aria-label={label}
        hidden={!listed}
        className="absolute top-7 left-0 z-30 block w-80 max-w-[80vw] rounded-lg bg-raised p-1 shadow-popover [&[hidden]]:hidden"
      >
        {found.map((company, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the box above holds the focus and handles the keys.
          <span
            key={company.orgnr}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === current}
            onMouseDown={(event) => event.preventDefault()}
            onMouseMove={() => setActive(index)}
            onClick={() => choose(index)}
            className={cx(
              "flex h-7 items-center gap-2 rounded-[4px] px-2 text-sm",
              index === current && "bg-hover",
            )}
          >
            <span className="truncate">{company.name ?? formatOrgnr(company.orgnr)}</span>
            <span className="tabular ml-auto shrink-0 text-ink-2 text-xs">{formatOrgnr(company.orgnr)}</span>
          </span>
        ))}
        {search.isError ? (
          <ErrorState compact error={search.error} onRetry={() => void search.refetch()} />
        ) : (
          found.length === 0 &&
          !search.isFetching && (
            <span className="block px-2 py-2 text-ink-2 text-sm">{t("palette.nothing")}</span>
          )
        )}
      </span>
    </span>
  );
}
