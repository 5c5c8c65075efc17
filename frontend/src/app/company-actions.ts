import { EyeOff, KanbanSquare, ListPlus, NotebookPen, Sparkles, Tag, ThumbsDown } from "lucide-react";
import { lazy } from "react";
import { addAtOnce } from "@/features/prospects/quick-actions";
import { provideCompanyActions } from "@/shared/actions/company-actions";

/** What can be done with companies anywhere in the app, in the order of the buttons; each window is its own chunk. */
export function offerCompanyActions(): void {
  provideCompanyActions([
    {
      id: "list",
      keys: "l",
      label: "lists.add",
      icon: ListPlus,
      permission: "edit_work",
      Surface: lazy(() => import("@/features/lists/add-to-list-dialog")),
    },
    {
      id: "prospect",
      keys: "p",
      label: "prospects.add",
      icon: KanbanSquare,
      permission: "edit_work",
      settles: true,
      run: (company, context) => void addAtOnce(company, context),
      Surface: lazy(() => import("@/features/prospects/add-dialog")),
    },
    {
      id: "pass",
      keys: "e",
      label: "prospects.pass",
      icon: ThumbsDown,
      permission: "edit_work",
      settles: true,
      Surface: lazy(() => import("@/features/prospects/pass-dialog")),
    },
    {
      id: "note",
      keys: "n",
      label: "prospects.note",
      icon: NotebookPen,
      permission: "edit_work",
      single: true,
      Surface: lazy(() => import("@/features/prospects/note-dialog")),
    },
    {
      id: "label",
      keys: "t",
      label: "labels.label",
      icon: Tag,
      permission: "edit_work",
      Surface: lazy(() => import("@/features/lists/label-dialog")),
    },
    {
      id: "exclude",
      keys: "h",
      label: "exclusions.hide",
      icon: EyeOff,
      permission: "manage_team_work",
      Surface: lazy(() => import("@/features/lists/exclude-dialog")),
    },
    {
      id: "run",
      keys: "r",
      label: "runs.startRun",
      icon: Sparkles,
      permission: "run_analysis",
      Surface: lazy(() => import("@/features/runs/start-run-dialog")),
    },
  ]);
}
