import { EyeOff, KanbanSquare, ListPlus, NotebookPen, Sparkles, Tag, ThumbsDown } from "lucide-react";
import type { ComponentType } from "react";
import { addAtOnce } from "@/features/prospects/quick-actions";
import { type CompanyActionProps, provideCompanyActions } from "@/shared/actions/company-actions";
import { type LazyPart, lazyPart } from "@/shared/ui/lazy-part";

const windows: LazyPart<CompanyActionProps>[] = [];

function dialog(load: () => Promise<{ default: ComponentType<CompanyActionProps> }>) {
  const part = lazyPart(load, { frame: "dialog" });
  windows.push(part);
  return part;
}

/** Fetches the windows that keys open, one after the other, so that a key works when the server is away. */
export async function preloadCompanyActions(): Promise<void> {
  for (const part of windows) await part.preload();
}

/** What can be done with companies anywhere in the app, in the order of the buttons; each window is its own chunk. */
export function offerCompanyActions(): void {
  provideCompanyActions([
    {
      id: "list",
      keys: "l",
      label: "lists.add",
      short: "lists.addShort",
      icon: ListPlus,
      permission: "edit_work",
      Surface: dialog(() => import("@/features/lists/add-to-list-dialog")),
    },
    {
      id: "prospect",
      keys: "p",
      label: "prospects.add",
      short: "prospects.addShort",
      icon: KanbanSquare,
      permission: "edit_work",
      settles: true,
      run: (company, context) => void addAtOnce(company, context),
      Surface: dialog(() => import("@/features/prospects/add-dialog")),
    },
    {
      id: "pass",
      keys: "e",
      label: "prospects.pass",
      short: "prospects.pass",
      icon: ThumbsDown,
      permission: "edit_work",
      settles: true,
      Surface: dialog(() => import("@/features/prospects/pass-dialog")),
    },
    {
      id: "note",
      keys: "n",
      label: "prospects.note",
      short: "prospects.noteShort",
      icon: NotebookPen,
      permission: "edit_work",
      single: true,
      Surface: dialog(() => import("@/features/prospects/note-dialog")),
    },
    {
      id: "label",
      keys: "t",
      label: "labels.label",
      icon: Tag,
      permission: "edit_work",
      Surface: dialog(() => import("@/features/lists/label-dialog")),
    },
    {
      id: "exclude",
      keys: "h",
      label: "exclusions.hide",
      icon: EyeOff,
      permission: "manage_team_work",
      Surface: dialog(() => import("@/features/lists/exclude-dialog")),
    },
    {
      id: "run",
      keys: "r",
      label: "runs.startRun",
      icon: Sparkles,
      permission: "run_analysis",
      Surface: dialog(() => import("@/features/runs/start-run-dialog")),
    },
  ]);
}
