import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import type { LucideIcon } from "lucide-react";
import { type ComponentType, useSyncExternalStore } from "react";
import { type Permission, useMayAll } from "@/shared/auth/me";
import type { MessageKey } from "@/shared/i18n/en";
import { type Translate, useI18n } from "@/shared/i18n/i18n";
import { type Shortcut, useShortcuts } from "@/shared/keyboard/shortcuts";

/** A company that something is to be done with. The name is null where it is not known yet. */
export type CompanyRef = { orgnr: string; name: string | null };

/** What the window of an action is given. `onDone` says that the companies are dealt with: the table goes on to the next. */
export type CompanyActionProps = {
  companies: readonly CompanyRef[];
  onClose: () => void;
  onDone?: () => void;
};

/** What an action needs that is done at once, without a window. */
export type ActionContext = { queries: QueryClient; t: Translate };

/**
 * Something a person can do with companies wherever they are shown: in the screen, a list, a preview or on their own
 * page. A feature offers it; the app gathers what is offered, so that no feature needs to know another.
 */
export type CompanyAction = {
  id: string;
  /** The single key that opens it. */
  keys: string;
  label: MessageKey;
  /** A word of the label, shown beside the icon where there is room for some. */
  short?: MessageKey;
  icon: LucideIcon;
  permission: Permission;
  /** Offered for one company at a time only. */
  single?: boolean;
  /** After it, the table goes on to the next company. */
  settles?: boolean;
  /** Does it to one company at once when its key is pressed; without it the key opens the window. */
  run?: (company: CompanyRef, context: ActionContext) => void;
  /** The window. */
  Surface: ComponentType<CompanyActionProps>;
};

export type OpenAction = {
  action: CompanyAction;
  companies: readonly CompanyRef[];
  onDone?: () => void;
};

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
export function openCompanyAction(
  action: CompanyAction,
  companies: readonly CompanyRef[],
  onDone?: () => void,
): void {
  if (companies.length === 0 || (action.single && companies.length > 1)) return;
  open = { action, companies, onDone };
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

/** Whom the keys of a page are about. */
export type KeyTargets = {
  /** The company that is looked at: the previewed one, else the one in focus. */
  target: () => CompanyRef | null;
  /** The selected companies, which a key reaches only together with Shift. */
  selected?: () => readonly CompanyRef[];
  /** Goes on to the next company once the target is dealt with. */
  advance?: () => void;
};

/**
 * Lets the keys of the actions work. A plain key is always about the company that is looked at, whatever is selected; the
 * selection is acted on from its bar, or by the key with Shift.
 */
export function useCompanyActionKeys(
  { target, selected, advance }: KeyTargets,
  group: Shortcut["group"],
  enabled = true,
): void {
  const actions = useCompanyActions();
  const queries = useQueryClient();
  const { t } = useI18n();
  const plain = actions.map(
    (action): Shortcut => ({
      keys: action.keys,
      label: action.label,
      group,
      run: (event) => {
        event.preventDefault();
        const company = target();
        if (!company) return;
        const goOn = action.settles ? advance : undefined;
        if (action.run) {
          action.run(company, { queries, t });
          goOn?.();
        } else openCompanyAction(action, [company], goOn);
      },
    }),
  );
  const shifted = actions
    .filter((action) => selected !== undefined && !action.single)
    .map(
      (action): Shortcut => ({
        keys: `shift+${action.keys}`,
        label: action.label,
        group: "shortcuts.group.selection",
        run: (event) => {
          event.preventDefault();
          openCompanyAction(action, selected?.() ?? []);
        },
      }),
    );
  useShortcuts([...plain, ...shifted], enabled);
}
