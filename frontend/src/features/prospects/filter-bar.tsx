import { Hourglass, Search, X } from "lucide-react";
import { useI18n } from "@/shared/i18n/i18n";
import { personName } from "@/shared/people/person-name";
import type { Person } from "@/shared/people/queries";
import { Button } from "@/shared/ui/button";
import { cx } from "@/shared/ui/class-names";
import { SelectField, TextField } from "@/shared/ui/field";
import type { ProspectsSearch } from "./search-params";

/** Whose, how soon, how long untouched, and which words: kept in the address. */
export function FilterBar({
  search,
  people,
  onChange,
}: {
  search: ProspectsSearch;
  people: readonly Person[];
  onChange: (next: Partial<ProspectsSearch>) => void;
}) {
  const { t } = useI18n();
  const isFiltered = Boolean(search.owner || search.due || search.stale || search.q);
  return (
    <search className="flex flex-wrap items-center gap-2">
      <span className="relative">
        <Search
          size={13}
          aria-hidden
          className="pointer-events-none absolute top-1/2 left-2 -translate-y-1/2 text-ink-3"
        />
        <TextField
          type="search"
          aria-label={t("prospects.find")}
          placeholder={t("prospects.find")}
          value={search.q ?? ""}
          onChange={(event) => onChange({ q: event.target.value || undefined })}
          className="w-44 pl-7"
        />
      </span>
      <SelectField
        aria-label={t("prospects.owner")}
        value={search.owner ?? ""}
        onChange={(event) => onChange({ owner: event.target.value || undefined })}
      >
        <option value="">{t("prospects.owner.anyone")}</option>
        <option value="me">{t("prospects.owner.me")}</option>
        <option value="none">{t("prospects.owner.none")}</option>
        {people
          .filter((person) => !person.is_self)
          .map((person) => (
            <option key={person.id} value={person.id}>
              {personName(person.name, t)}
            </option>
          ))}
      </SelectField>
      <SelectField
        aria-label={t("prospects.due")}
        value={search.due ?? ""}
        onChange={(event) => onChange({ due: (event.target.value || undefined) as ProspectsSearch["due"] })}
      >
        <option value="">{t("prospects.due.any")}</option>
        <option value="overdue">{t("prospects.due.overdue")}</option>
        <option value="today">{t("prospects.due.today")}</option>
        <option value="week">{t("prospects.due.week")}</option>
        <option value="none">{t("prospects.due.none")}</option>
      </SelectField>
      <Button
        aria-pressed={search.stale === true}
        title={t("prospects.staleNote")}
        onClick={() => onChange({ stale: search.stale ? undefined : true })}
        className={cx(search.stale && "border-accent bg-accent-soft text-accent-strong")}
      >
        <Hourglass size={13} aria-hidden /> {t("prospects.onlyStale")}
      </Button>
      {isFiltered && (
        <Button
          look="ghost"
          onClick={() => onChange({ owner: undefined, due: undefined, stale: undefined, q: undefined })}
        >
          <X size={13} aria-hidden /> {t("prospects.clearFilters")}
        </Button>
      )}
    </search>
  );
}
