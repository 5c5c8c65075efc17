import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

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

/** Every module that the first page load needs whatever the page is: what the entry imports, and what that imports. */
const atStart = new Set<string>();
const findStart: Plugin = {
  name: "find-start",
  apply: "build",
  buildEnd() {
    const waiting = [...this.getModuleIds()].filter((id) => this.getModuleInfo(id)?.isEntry);
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      if (atStart.has(id)) continue;
      atStart.add(id);
      waiting.push(...(this.getModuleInfo(id)?.importedIds ?? []));
    }
  },
};

export default defineConfig({
  plugins: [react(), tailwindcss(), withoutLocalDefault, findStart],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  // Source maps are for the server of errors alone: no file names them, and they are not put on the host (deploy.yml).
  build: {
    sourcemap: process.env.VITE_SOURCE_MAPS === "true" ? "hidden" : false,
    chunkSizeWarningLimit: 700,
    // One file for what every page needs: by themselves the parts that pages share would be a file, and a request, for each icon.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: "start", priority: 2, test: (id) => atStart.has(id) },
            { name: "common", priority: 1, minShareCount: 4, maxModuleSize: 12_000 },
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
