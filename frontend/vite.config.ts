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

export default defineConfig({
  plugins: [react(), tailwindcss(), withoutLocalDefault],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: { sourcemap: false, chunkSizeWarningLimit: 400 },
  server: { proxy: { "/api": api, "/auth/v1": api, "/health": api, "/ready": api } },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["./src/test-setup.ts"],
    restoreMocks: true,
  },
});
