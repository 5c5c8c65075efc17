import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";

/**
 * Asks once more for what stands under `keys` when the work that it tells of has ended. What is asked for every few
 * seconds while work goes on is as a rule older than the answer that said that it is over: without a last look the
 * page would say “completed” above rows that still wait.
 */
export function useLastAnswers(isLive: boolean, ...keys: readonly QueryKey[]): void {
  const queries = useQueryClient();
  const wanted = useRef(keys);
  useEffect(() => {
    wanted.current = keys;
  });
  useEffect(() => {
    if (!isLive) return;
    return () => {
      for (const queryKey of wanted.current) void queries.invalidateQueries({ queryKey });
    };
  }, [isLive, queries]);
}
