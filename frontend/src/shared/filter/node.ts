import type { Posted } from "@/shared/api/client";

export type ParsedFilter = Posted<"/api/universe/parse">;

/** A condition, or a group of them. */
export type FilterNode = ParsedFilter["filter"];
/** One of the outermost conditions, with its text. */
export type FilterPart = ParsedFilter["parts"][number];

export type Joint = "all" | "any";

/** How a group joins its members; null for what is no group. */
export function jointOf(node: FilterNode): Joint | null {
  return "all" in node ? "all" : "any" in node ? "any" : null;
}

/** The members of a group, in order. */
export function membersOf(node: FilterNode): readonly FilterNode[] {
  return "all" in node ? node.all : "any" in node ? node.any : [];
}
