import type { LucideIcon } from "lucide-react";
import { type ComponentType, type LazyExoticComponent, useSyncExternalStore } from "react";
import { type Permission, useMayAll } from "@/shared/auth/me";
import type { MessageKey } from "@/shared/i18n/en";
import { type Shortcut, useShortcuts } from "@/shared/keyboard/shortcuts";

/** A company that something is to be done with. The name is null where it is not known yet. */
export type CompanyRef = { orgnr: string; name: string | null };

/** What the window of an action is given. */
export type CompanyActionProps = { companies: readonly CompanyRef[]; onClose: () => void };

/**
 * Something a person can do with companies wherever they are shown: in the screen, a list, a preview or on their own
 * page. A feature offers it; the app gathers what is offered, so that no feature needs to know another.
 */
export type CompanyAction = {
  id: string;
  /** The single key that opens it. */
  keys: string;
  label: MessageKey;
  icon: LucideIcon;
  permission: Permission;
  /** Offered for one company at a time only. */
  single?: boolean;
  /** The window, loaded when it is first opened. */
  Surface: ComponentType<CompanyActionProps> | LazyExoticComponent<ComponentType<CompanyActionProps>>;
};

export type OpenAction = { action: CompanyAction; companies: readonly CompanyRef[] };

let offered: readonly CompanyAction[] = [];
let open: OpenAction | null = null;
const listeners = new Set<() => void>();

function publish(): void {
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Says which actions there are; called once, by the app. */
export function provideCompanyActions(actions: readonly CompanyAction[]): void {
  offered = actions;
  publish();
}

/** Opens an action's window for companies; nothing happens without a company. */
export function openCompanyAction(action: CompanyAction, companies: readonly CompanyRef[]): void {
  if (companies.length === 0) return;
  open = { action, companies: action.single ? companies.slice(0, 1) : companies };
  publish();
}

export function closeCompanyAction(): void {
  open = null;
  publish();
}

/** The action whose window is open now. */
export function useOpenAction(): OpenAction | null {
  return useSyncExternalStore(subscribe, () => open);
}

/** The actions that the person may take, in the order they are offered. */
export function useCompanyActions(): readonly CompanyAction[] {
  const actions = useSyncExternalStore(subscribe, () => offered);
  const allowed = useMayAll(actions.map((action) => action.permission));
  return actions.filter((_, index) => allowed[index]);
}

/** Lets the keys of the actions work on the companies that `companies` names when a key is pressed. */
export function useCompanyActionKeys(
  companies: () => readonly CompanyRef[],
  group: Shortcut["group"],
  enabled = true,
): void {
  const actions = useCompanyActions();
  useShortcuts(
    actions.map((action) => ({
      keys: action.keys,
      label: action.label,
      group,
      run: (event) => {
        event.preventDefault();
        openCompanyAction(action, companies());
      },
    })),
    enabled,
  );
}
