import { ListPlus } from "lucide-react";
import { lazy } from "react";
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
  ]);
}
