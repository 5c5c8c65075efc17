import { queryOptions } from "@tanstack/react-query";
import { api, type Got, unwrap } from "@/shared/api/client";

export type Field = Got<"/api/universe/filters">["fields"][number];

/** Every field of the catalogue, as the server defines it; it changes only with a new version of the server. */
export const fieldsQuery = queryOptions({
  queryKey: ["universe", "filters"],
  queryFn: ({ signal }) => unwrap(api.GET("/api/universe/filters", { signal })),
  staleTime: Number.POSITIVE_INFINITY,
  select: (answer) => new Map(answer.fields.map((field) => [field.key, field])),
});

export type FieldMap = ReadonlyMap<string, Field>;

/** True where the field holds numbers, so that it can be binned, compared and right-aligned. */
export function isNumeric(field: Field): boolean {
  return ["amount", "ratio", "count", "integer"].includes(field.kind);
}

/** True where the field holds codes out of a table. */
export function isCategory(field: Field): boolean {
  return field.kind === "category" || field.kind === "categories";
}
