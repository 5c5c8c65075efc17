import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";
import { splitTexts } from "./scripts/split-texts.ts";

/** The development server forwards API calls to a running `lode`, so that the browser sees one origin. */
const api = process.env.LODE_DEV_API ?? "http://127.0.0.1:8080";

/** The address that a library would ask when it were given none, which it never is: what ships names no server on the builder's machine. */
const withoutLocalDefault: Plugin = {
  name: "without-local-default",
  apply: "build",
  transform: (code, id) =>
    id.includes("@supabase/auth-js") && code.includes("http://localhost:9999")
      ? { code: code.replaceAll("http://localhost:9999", ""), map: null }
      : null,
};

/**
 * What goes into which file. The start is what every page needs whatever it is; Home, which most people open first, adds its own; what opens on
 * a key or a click and is fetched ahead when the browser is idle comes in one file; what pages share in another. Left to itself
 * the bundler makes a file, and a request, of each icon and each part that two pages share.
 */
const groupOf = new Map<string, string>();
const LATER = [
  "src/app/shell/command-palette.tsx",
  "src/app/shell/shortcut-help.tsx",
  "src/features/notifications/notification-list.tsx",
  "src/shared/exports/export-tray.tsx",
  "src/shared/ui/floating.tsx",
  "src/shared/views/rename-view-dialog.tsx",
  "src/features/home/change-panel.tsx",
  "src/features/lists/add-to-list-dialog.tsx",
  "src/features/lists/exclude-dialog.tsx",
  "src/features/lists/label-dialog.tsx",
  "src/features/prospects/add-dialog.tsx",
  "src/features/prospects/note-dialog.tsx",
  "src/features/prospects/pass-dialog.tsx",
];
const HOME = ["src/features/home/home-page.tsx"];
/** The page of a company and what other features bring to it. */
const COMPANY = [
  "src/features/company/company-page.tsx",
  "src/features/prospects/company-work.tsx",
  "src/features/runs/company-findings.tsx",
  "src/features/runs/analysis-view.tsx",
  "src/features/runs/start-run-dialog.tsx",
];

const groupFiles: Plugin = {
  name: "group-files",
  apply: "build",
  buildEnd() {
    const ids = [...this.getModuleIds()];
    const icons = new Map<string, string>();
    const barrel = ids.find((id) => id.endsWith("/lucide-react.mjs"));
    for (const [, names = "", file = ""] of (barrel ? (this.getModuleInfo(barrel)?.code ?? "") : "").matchAll(
      /export \{([^}]*)\} from ['"]\.\/(icons\/[\w-]+\.mjs)['"]/g,
    )) {
      for (const name of names.split(","))
        icons.set(
          name
            .trim()
            .split(/\s+as\s+/)
            .at(-1) ?? "",
          file,
        );
    }
    const claim = (roots: readonly string[], group: string) => {
      const waiting = [...roots];
      for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
        if (groupOf.has(id)) continue;
        groupOf.set(id, group);
        const info = this.getModuleInfo(id);
        // The library of icons names every icon there is: each belongs to who draws it.
        for (const [, names = ""] of (info?.code ?? "").matchAll(
          /import \{([^}]*)\} from ["']lucide-react["']/g,
        )) {
          for (const name of names.split(",")) {
            const file = icons.get(name.trim().split(/\s+as\s+/)[0] ?? "");
            const icon = file && ids.find((one) => one.endsWith(`/${file}`));
            if (icon) waiting.push(icon);
          }
        }
        if (id !== barrel) waiting.push(...(info?.importedIds ?? []));
      }
    };
    const named = (paths: readonly string[]) =>
      ids.filter((id) => paths.some((path) => id.endsWith(`/${path}`)));
    claim(
      ids.filter((id) => this.getModuleInfo(id)?.isEntry),
      "start",
    );
    claim(named(HOME), "home");
    claim(named(LATER), "later");
    claim(named(COMPANY), "company");
  },
};

export default defineConfig({
  plugins: [react(), tailwindcss(), splitTexts(), withoutLocalDefault, groupFiles],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  // Source maps are for the server of errors alone: no file names them, and they are not put on the host (deploy.yml).
  build: {
    sourcemap: process.env.VITE_SOURCE_MAPS === "true" ? "hidden" : false,
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: "start", priority: 5, test: (id) => groupOf.get(id) === "start" },
            { name: "home", priority: 4, test: (id) => groupOf.get(id) === "home" },
            { name: "later", priority: 3, test: (id) => groupOf.get(id) === "later" },
            { name: "common", priority: 2, minShareCount: 2, test: (id) => !/supabase|-page\.tsx$/.test(id) },
            { name: "company", priority: 1, test: (id) => groupOf.get(id) === "company" },
          ],
        },
      },
    },
  },
  server: { proxy: { "/api": api, "/auth/v1": api, "/health": api, "/ready": api } },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["./src/test-setup.ts"],
    restoreMocks: true,
  },
});
