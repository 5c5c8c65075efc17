import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { asApiError } from "@/shared/api/problem";
import { type Translate, useI18n } from "@/shared/i18n/i18n";
import type { MessageValues } from "@/shared/i18n/translate";
import { holdChanges } from "@/shared/live/hand";
import { personName } from "@/shared/people/person-name";
import {
  changeProspects,
  type Former,
  type Prospect,
  prospectsQuery,
  putBack,
  refreshPipeline,
} from "@/shared/prospects/queries";
import { showFailure, showToast, type ToastText } from "@/shared/ui/toast-store";
import { askWhose } from "./conflict-store";
import { type Edit, rebase, withoutClashes } from "./merge";

/** How often a change is put upon newer states before it is given up. */
const MOST_TRIES = 4;

/**
 * Changes prospects: shown at once, kept by the server all together or not at all, told of with a way to take it back. When
 * somebody else was faster, what only one side changed is kept from both, and for the rest the person is asked.
 */
export function usePipeline() {
  const { t } = useI18n();
  const queries = useQueryClient();

  const showAtOnce = useCallback(
    (edits: readonly Edit[]) => {
      const changes = new Map(edits.map((edit) => [edit.card.id, edit.change]));
      const now = new Date().toISOString();
      queries.setQueryData(prospectsQuery.queryKey, (before) => {
        if (!before) return before;
        const items = before.items.flatMap((item) => {
          const change = changes.get(item.id);
          if (!change) return [item];
          if (change.removed) return [];
          const moved = change.stage !== undefined && change.stage !== item.stage;
          return [
            { ...item, ...change, ...(moved ? { stage_since: now } : {}), touched_at: now } as Prospect,
          ];
        });
        return { ...before, items };
      });
    },
    [queries],
  );

  /** True when the change was kept. */
  const save = useCallback(
    async function save(edits: readonly Edit[], text: ToastText | null): Promise<boolean> {
      await queries.cancelQueries({ queryKey: prospectsQuery.queryKey });
      const before = queries.getQueryData(prospectsQuery.queryKey);
      const release = holdChanges();
      showAtOnce(edits);
      try {
        const done = await keep(edits, t);
        if (done && text) {
          const undo = async () => {
            await putBack(done.before);
            await refreshPipeline(queries);
          };
          showToast({ text, undo: done.before.length > 0 ? undo : undefined });
        }
        return done !== null;
      } catch (error) {
        queries.setQueryData(prospectsQuery.queryKey, before);
        // What was wanted is not lost: the message offers to send it again.
        showFailure("prospects.changeFailed", error, { retry: () => void save(edits, text) });
        return false;
      } finally {
        release();
        void refreshPipeline(queries);
      }
    },
    [queries, showAtOnce, t],
  );
  return { save };
}

/** Sends the changes; null when nothing of them is left after somebody else's were kept. */
async function keep(wanted: readonly Edit[], t: Translate): Promise<{ before: Former[] } | null> {
  let edits = [...wanted];
  let mergedWith: MessageValues | null = null;
  for (let attempt = 1; ; attempt += 1) {
    if (edits.length === 0) return null;
    try {
      const done = await changeProspects(
        edits.map(({ card, change }) => ({ ...change, id: card.id, version: card.version })),
      );
      if (mergedWith) showToast({ text: { key: "prospects.merged", values: mergedWith } });
      return done;
    } catch (error) {
      const problem = asApiError(error);
      if (problem.status !== 409 || !Array.isArray(problem.current) || attempt >= MOST_TRIES) throw error;
      const present = problem.current as Prospect[];
      const rebased = rebase(edits, present);
      if (rebased.clashes.length > 0 && (await askWhose(rebased.clashes)) === "theirs") {
        edits = withoutClashes(rebased.edits, rebased.clashes);
      } else {
        if (rebased.clashes.length === 0)
          mergedWith = { name: personName(present[0]?.updated_by_name, t) ?? "–" };
        edits = rebased.edits;
      }
    }
  }
}
