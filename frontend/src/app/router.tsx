import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from "@tanstack/react-router";
import { adminSearch } from "@/features/admin/search-params";
import { companySearch } from "@/features/company/search-params";
import { prospectsSearch } from "@/features/prospects/search-params";
import { universeSearch } from "@/features/universe/search-params";
import { NotFoundPage, RouteErrorPage } from "./fallback-pages";
import { Shell } from "./shell/shell";

const rootRoute = createRootRouteWithContext<{ queries: QueryClient }>()({
  component: Shell,
  notFoundComponent: NotFoundPage,
  errorComponent: RouteErrorPage,
});

const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/",
  component: lazyRouteComponent(() => import("@/features/home/home-page"), "HomePage"),
});

const universeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/universe",
  validateSearch: universeSearch,
  component: lazyRouteComponent(() => import("@/features/universe/universe-page"), "UniversePage"),
});

const companyRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/company/$orgnr",
  validateSearch: companySearch,
  component: lazyRouteComponent(() => import("@/features/company/company-page"), "CompanyPage"),
});

const prospectsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/prospects",
  validateSearch: prospectsSearch,
  component: lazyRouteComponent(() => import("@/features/prospects/prospects-page"), "ProspectsPage"),
});

const sourcesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sources",
  component: lazyRouteComponent(() => import("@/features/sources/sources-page"), "SourcesPage"),
});

const importRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sources/imports/$id",
  component: lazyRouteComponent(() => import("@/features/sources/import-page"), "ImportPage"),
});

const settingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/settings",
  component: lazyRouteComponent(() => import("@/features/settings/settings-page"), "SettingsPage"),
});

const adminRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/admin",
  validateSearch: adminSearch,
  component: lazyRouteComponent(() => import("@/features/admin/admin-page"), "AdminPage"),
});

const routeTree = rootRoute.addChildren([
  homeRoute,
  universeRoute,
  companyRoute,
  prospectsRoute,
  sourcesRoute,
  importRoute,
  settingsRoute,
  adminRoute,
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
