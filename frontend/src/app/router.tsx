import type { QueryClient } from "@tanstack/react-query";
import { createRootRouteWithContext, createRoute, createRouter, redirect } from "@tanstack/react-router";
import { adminSearch } from "@/features/admin/search-params";
import { companySearch } from "@/features/company/search-params";
import { homeSearch } from "@/features/home/search-params";
import { compareSearch, listSearch, listsSearch } from "@/features/lists/search-params";
import { prospectsSearch } from "@/features/prospects/search-params";
import {
  newRunSearch,
  newTemplateSearch,
  runSearch,
  runsSearch,
  templateSearch,
} from "@/features/runs/search-params";
import { loginSearch, safeTarget } from "@/features/sign-in/search-params";
import { universeSearch } from "@/features/universe/search-params";
import { loadSession } from "@/shared/auth/session";
import { lazyPage } from "@/shared/ui/lazy-part";
import { NotFoundPage, RouteErrorPage } from "./fallback-pages";
import { Frame } from "./shell/frame";

const rootRoute = createRootRouteWithContext<{ queries: QueryClient }>()({
  component: Frame,
  notFoundComponent: NotFoundPage,
  errorComponent: RouteErrorPage,
  // Whoever is not signed in signs in first and is brought back. A server that cannot be reached is for the pages to tell.
  beforeLoad: async ({ location }) => {
    if (/^\/(login|accept)(\/|$)/.test(location.pathname)) return;
    const session = await loadSession().catch(() => null);
    if (session && session.kind !== "none" && (!session.person || session.awaitsCode)) {
      const to = safeTarget(location.href);
      throw redirect({ to: "/login", search: to && to !== "/" ? { to } : {} });
    }
  },
});

const loginRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/login",
  validateSearch: loginSearch,
  component: lazyPage(() => import("@/features/sign-in/login-page"), "LoginPage"),
});

const providerRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/login/$provider",
  component: lazyPage(() => import("@/features/sign-in/provider-page"), "ProviderPage"),
});

const acceptRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/accept",
  component: lazyPage(() => import("@/features/sign-in/accept-page"), "AcceptPage"),
});

const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/",
  validateSearch: homeSearch,
  component: lazyPage(() => import("@/features/home/home-page"), "HomePage", "home.title", true),
});

const universeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/universe",
  validateSearch: universeSearch,
  component: lazyPage(() => import("@/features/universe/universe-page"), "UniversePage", "universe.title"),
});

const companyRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/company/$orgnr",
  validateSearch: companySearch,
  component: lazyPage(() => import("@/features/company/company-page"), "CompanyPage"),
});

const sheetRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/company/$orgnr/sheet",
  validateSearch: companySearch,
  component: lazyPage(() => import("@/features/company/sheet-page"), "SheetPage"),
});

const prospectsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/prospects",
  validateSearch: prospectsSearch,
  component: lazyPage(() => import("@/features/prospects/prospects-page"), "ProspectsPage"),
});

const listsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/lists",
  validateSearch: listsSearch,
  component: lazyPage(() => import("@/features/lists/lists-page"), "ListsPage"),
});

const listRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/lists/$id",
  validateSearch: listSearch,
  component: lazyPage(() => import("@/features/lists/list-page"), "ListPage"),
});

const compareRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/compare",
  validateSearch: compareSearch,
  component: lazyPage(() => import("@/features/lists/compare-page"), "ComparePage"),
});

const sourcesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sources",
  component: lazyPage(() => import("@/features/sources/sources-page"), "SourcesPage"),
});

const importRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sources/imports/$id",
  component: lazyPage(() => import("@/features/sources/import-page"), "ImportPage"),
});

const sessionRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sources/sessions/$id",
  component: lazyPage(() => import("@/features/sources/session-page"), "SessionPage"),
});

const exportsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/exports",
  component: lazyPage(() => import("@/features/exports/exports-page"), "ExportsPage"),
});

const settingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/settings",
  component: lazyPage(() => import("@/features/settings/settings-page"), "SettingsPage"),
});

const adminRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/admin",
  validateSearch: adminSearch,
  component: lazyPage(() => import("@/features/admin/admin-page"), "AdminPage"),
});

const runsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/ai/runs",
  validateSearch: runsSearch,
  component: lazyPage(() => import("@/features/runs/runs-page"), "RunsPage"),
});

const newRunRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/ai/runs/new",
  validateSearch: newRunSearch,
  component: lazyPage(() => import("@/features/runs/new-run-page"), "NewRunPage"),
});

const runRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/ai/runs/$id",
  validateSearch: runSearch,
  component: lazyPage(() => import("@/features/runs/run-page"), "RunPage"),
});

const templatesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/ai/templates",
  component: lazyPage(() => import("@/features/runs/templates-page"), "TemplatesPage"),
});

const newTemplateRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/ai/templates/new",
  validateSearch: newTemplateSearch,
  component: lazyPage(() => import("@/features/runs/template-page"), "NewTemplatePage"),
});

const templateRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/ai/templates/$id",
  validateSearch: templateSearch,
  component: lazyPage(() => import("@/features/runs/template-page"), "TemplatePage"),
});

const routeTree = rootRoute.addChildren([
  homeRoute,
  universeRoute,
  companyRoute,
  sheetRoute,
  listsRoute,
  listRoute,
  compareRoute,
  prospectsRoute,
  runsRoute,
  newRunRoute,
  runRoute,
  templatesRoute,
  newTemplateRoute,
  templateRoute,
  sourcesRoute,
  importRoute,
  sessionRoute,
  exportsRoute,
  settingsRoute,
  adminRoute,
  loginRoute,
  providerRoute,
  acceptRoute,
]);

/** The routes of the web app; every page is its own chunk, fetched when a link to it is pointed at. */
export function createAppRouter(queries: QueryClient) {
  return createRouter({
    routeTree,
    context: { queries },
    defaultPreload: "intent",
    defaultPreloadDelay: 80,
    scrollRestoration: true,
    defaultPendingMs: 200,
    defaultErrorComponent: RouteErrorPage,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
