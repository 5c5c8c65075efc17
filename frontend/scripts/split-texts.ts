import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type Plugin, transformWithOxc } from "vite";

const src = fileURLToPath(new URL("../src", import.meta.url));
const texts = join(src, "shared/i18n");

/** Where the first load begins: the app itself, and the page that most people open first. */
const ROOTS = ["app/main.tsx", "features/home/home-page.tsx"];

type Catalogue = Record<string, unknown>;

/** The file that an import names; null for what is not ours, or only a type. */
function target(from: string, specifier: string): string | null {
  const base = specifier.startsWith("@/")
    ? join(src, specifier.slice(2))
    : specifier.startsWith(".")
      ? resolve(dirname(from), specifier)
      : null;
  if (base === null) return null;
  const found = [base, `${base}.ts`, `${base}.tsx`].find(
    (path) => existsSync(path) && statSync(path).isFile(),
  );
  return found?.match(/\.tsx?$/) ? found : null;
}

/** Every file that the first load runs: what the roots import, not what they fetch later. */
export function filesAtStart(): string[] {
  const seen = new Set<string>();
  const waiting = ROOTS.map((root) => join(src, root));
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    const code = readFileSync(file, "utf8");
    for (const [, specifier = ""] of code.matchAll(
      /^(?:import|export)\s(?!type\s)[^;]*?from\s+"([^"]+)"/gm,
    )) {
      const next = target(file, specifier);
      if (next) waiting.push(next);
    }
  }
  return [...seen];
}

/** The texts among `keys` that these files name, in full or by the beginning of a composed key. */
export function textsOf(files: readonly string[], keys: readonly string[]): Set<string> {
  const known = new Set(keys);
  const used = new Set<string>();
  for (const file of files) {
    const code = readFileSync(file, "utf8");
    for (const [, key = ""] of code.matchAll(/"([a-z]\w*(?:\.\w+)+)"/gi)) if (known.has(key)) used.add(key);
    for (const [, begin = ""] of code.matchAll(/`([a-z]\w*(?:\.\w+)*\.)\$\{/gi)) {
      for (const key of keys) if (key.startsWith(begin)) used.add(key);
    }
  }
  return used;
}

/** Every text of a language. The files of its areas are plain tables, so that they can be read while the app is built. */
export async function catalogueOf(locale: string): Promise<Catalogue> {
  const folder = join(texts, locale);
  const whole: Catalogue = {};
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    const { code } = await transformWithOxc(readFileSync(path, "utf8"), path);
    const area: Record<string, Catalogue> = await import(`data:text/javascript,${encodeURIComponent(code)}`);
    Object.assign(whole, area[basename(name, ".ts")]);
  }
  return whole;
}

const PREFIX = "virtual:texts/";

/**
 * Gives each language as two files: the texts that the first load shows (`virtual:texts/sv/start`), found in what it imports, and the others
 * (`virtual:texts/sv/rest`). A text is written in the file of its area and found by whoever uses it first; nobody keeps a list.
 */
export function splitTexts(): Plugin {
  return {
    name: "split-texts",
    resolveId: (id) => (id.startsWith(PREFIX) ? `\0${id}` : null),
    async load(id) {
      if (!id.startsWith(`\0${PREFIX}`)) return null;
      const [locale = "", part] = id.slice(PREFIX.length + 1).split("/");
      for (const name of readdirSync(join(texts, locale))) this.addWatchFile(join(texts, locale, name));
      const whole = await catalogueOf(locale);
      const atStart = textsOf(filesAtStart(), Object.keys(whole));
      const chosen = Object.entries(whole).filter(([key]) => atStart.has(key) === (part === "start"));
      return `export default ${JSON.stringify(Object.fromEntries(chosen))};`;
    },
  };
}
