// Enforces the shape of the web app: shared ← features ← app, no feature imports another, and no address of a
// developer's machine in code that is shipped. Prints every violation and exits 1, so that lint fails.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../src");
const violations = [];

function sourceFiles(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sourceFiles(path);
    return /\.(ts|tsx|css)$/.test(entry.name) ? [path] : [];
  });
}

/** The layer a path below src belongs to: "shared", "features/<name>" or "app". */
function layerOf(path) {
  const [first, second] = relative(root, path).split(/[\\/]/);
  return first === "features" ? `features/${second}` : first === "shared" ? "shared" : "app";
}

function allowed(from, to) {
  if (from === to || to === "shared") return true;
  return from === "app";
}

for (const file of sourceFiles(root)) {
  const text = readFileSync(file, "utf8");
  const name = relative(root, file);
  const isTest = /\.test\.tsx?$|test-setup\.ts$/.test(file);
  for (const match of text.matchAll(/(?:from|import)\s*\(?\s*["']([^"']+)["']/g)) {
    const specifier = match[1];
    const target = specifier.startsWith("@/")
      ? join(root, specifier.slice(2))
      : specifier.startsWith(".")
        ? resolve(dirname(file), specifier)
        : null;
    if (target === null) continue;
    const [from, to] = [layerOf(file), layerOf(target)];
    if (!allowed(from, to)) violations.push(`${name}: ${from} must not import ${to} (${specifier})`);
  }
  if (!isTest && /localhost|127\.0\.0\.1/.test(text)) violations.push(`${name}: names a local address`);
}

for (const violation of violations) console.error(violation);
if (violations.length > 0) process.exit(1);
console.log("layers: ok");
