import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { SavedList } from "@/shared/lists/queries";

/**
 * Asks for a list's rows anew when somebody else put companies in, took some out or wrote a note; the old rows stay until then.
 */
export function useFollowList(list: SavedList | undefined) {
  const queries = useQueryClient();
  const stamp = list && `${list.version}:${list.item_count}:${list.note_count}:${list.updated_at}`;
  const seen = useRef(stamp);
  useEffect(() => {
    if (stamp === undefined || stamp === seen.current) return;
    const isFirst = seen.current === undefined;
    seen.current = stamp;
    if (isFirst) return;
    void queries.invalidateQueries({ queryKey: ["lists", "rows"] });
    void queries.invalidateQueries({ queryKey: ["lists", "marks"] });
  }, [stamp, queries]);
}
