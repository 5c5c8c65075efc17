import { type FilterNode, type Joint, jointOf, membersOf } from "@/shared/filter/node";

/**
 * Where a node stands: its position among the outermost conditions, then its position inside each group on the way.
 * What a negation negates is at position 0 of it.
 */
export type Path = readonly number[];

/** The members joined: one alone stands for itself, and a member that joins in the same way is taken apart. */
export function joinNodes(joint: Joint, members: readonly FilterNode[]): FilterNode | null {
  const flat = members.flatMap((member) => (jointOf(member) === joint ? membersOf(member) : [member]));
  const [only] = flat;
  if (only === undefined) return null;
  if (flat.length === 1) return only;
  return joint === "all" ? { all: flat } : { any: flat };
}

/** The opposite of a node; the opposite of an opposite is the node itself. */
export function negate(node: FilterNode): FilterNode {
  return "not" in node ? node.not : { not: node };
}

/** The conditions with the node at `path` replaced, or removed when `next` is null. Groups left empty go too. */
export function replaceAt(nodes: readonly FilterNode[], path: Path, next: FilterNode | null): FilterNode[] {
  const [position, ...rest] = path;
  return nodes.flatMap((node, index) => {
    if (index !== position) return [node];
    const replaced = rest.length === 0 ? next : replaceInside(node, rest, next);
    return replaced === null ? [] : [replaced];
  });
}

function replaceInside(node: FilterNode, path: Path, next: FilterNode | null): FilterNode | null {
  if ("not" in node) {
    const [inner] = replaceAt([node.not], path, next);
    return inner === undefined ? null : negate(inner);
  }
  const joint = jointOf(node);
  return joint === null ? node : joinNodes(joint, replaceAt(membersOf(node), path, next));
}
