import { queryOptions, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { api, type Got, unwrap } from "@/shared/api/client";
import { useI18n } from "@/shared/i18n/i18n";

type Answer = Got<"/api/universe/filters">;
export type Field = Answer["fields"][number];
export type FieldMap = ReadonlyMap<string, Field>;

/** Every field of the catalogue, as the server defines it; it changes only with a new version of the server. */
export const fieldsQuery = queryOptions({
  queryKey: ["universe", "filters"],
  queryFn: ({ signal }) => unwrap(api.GET("/api/universe/filters", { signal })),
  staleTime: Number.POSITIVE_INFINITY,
});

/** The catalogue by key, and the names of its groups in the current language. */
export function useCatalogue() {
  const { locale } = useI18n();
  const query = useQuery(fieldsQuery);
  const fields = useMemo<FieldMap>(
    () => new Map(query.data?.fields.map((field) => [field.key, field])),
    [query.data],
  );
  const groups = useMemo<ReadonlyMap<string, string>>(
    () => new Map(query.data?.groups.map((group) => [group.key, group.label[locale]])),
    [query.data, locale],
  );
  return { query, fields, groups };
}

/** True where the field holds numbers, so that it can be binned, compared and right-aligned. */
export function isNumeric(field: Field): boolean {
  return ["amount", "ratio", "count", "integer"].includes(field.kind);
}

/** True where the field holds codes out of a table. */
export function isCategory(field: Field): boolean {
  return field.kind === "category" || field.kind === "categories";
}

/** Names of codes in the reader's language, such as an industry's; what the catalogue does not know is called by the given name. */
export function useCodeName(): (
  field: string,
  code: string | null | undefined,
  known?: string | null,
) => string {
  const { locale } = useI18n();
  const { fields } = useCatalogue();
  return (field, code, known) => {
    const label = fields.get(field)?.values?.find((entry) => entry.value === code)?.label[locale];
    return label ?? known ?? code ?? "";
  };
}
