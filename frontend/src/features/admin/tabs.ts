import { type ComponentType, type LazyExoticComponent, lazy } from "react";
import type { Permission } from "@/shared/auth/me";
import type { MessageKey } from "@/shared/i18n/en";

/** One tab of the admin page: its name in the address, its label, who may see it, and its content (a chunk of its own). */
export type AdminTab = {
  key: string;
  label: MessageKey;
  permission: Permission;
  Content: LazyExoticComponent<ComponentType>;
};

/** Every tab, in order. A new one is a file `<key>-tab.tsx` and a line here. */
export const ADMIN_TABS: readonly AdminTab[] = [
  {
    key: "users",
    label: "admin.tab.users",
    permission: "manage_users",
    Content: lazy(() => import("./users-tab").then((file) => ({ default: file.UsersTab }))),
  },
  {
    key: "tokens",
    label: "admin.tab.tokens",
    permission: "manage_users",
    Content: lazy(() => import("./tokens-tab").then((file) => ({ default: file.TokensTab }))),
  },
  {
    key: "queues",
    label: "admin.tab.queues",
    permission: "manage_jobs",
    Content: lazy(() => import("./queues-tab").then((file) => ({ default: file.QueuesTab }))),
  },
  {
    key: "models",
    label: "ai.admin.tab",
    permission: "read_audit",
    Content: lazy(() => import("./models-tab").then((file) => ({ default: file.ModelsTab }))),
  },
  {
    key: "audit",
    label: "admin.tab.audit",
    permission: "read_audit",
    Content: lazy(() => import("./audit-tab").then((file) => ({ default: file.AuditTab }))),
  },
  {
    key: "webhooks",
    label: "admin.tab.webhooks",
    permission: "manage_users",
    Content: lazy(() => import("./webhooks-tab").then((file) => ({ default: file.WebhooksTab }))),
  },
  {
    key: "health",
    label: "admin.tab.health",
    permission: "read_audit",
    Content: lazy(() => import("./health-tab").then((file) => ({ default: file.HealthTab }))),
  },
  {
    key: "exclusions",
    label: "admin.tab.exclusions",
    permission: "manage_team_work",
    Content: lazy(() => import("./exclusions-tab").then((file) => ({ default: file.ExclusionsTab }))),
  },
];
