// Writes src/shared/api/schema.ts from ../openapi.json, and schema-scraper.ts from ../openapi-scraper.json; with --check it
// fails when a committed file differs.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import openapiTS, { astToString } from "openapi-typescript";

const PAIRS = [
  ["openapi.json", "schema.ts"],
  ["openapi-scraper.json", "schema-scraper.ts"],
];

for (const [description, types] of PAIRS) {
  const source = new URL(`../../${description}`, import.meta.url);
  const target = fileURLToPath(new URL(`../src/shared/api/${types}`, import.meta.url));
  const banner = `// Longer than 500 lines because it is generated from ${description} by \`npm run api\`. Do not edit.\n\n`;
  const document = JSON.parse(readFileSync(source, "utf8"));
  // The calls are named by path and method; operation ids would only add a second name for each.
  for (const path of Object.values(document.paths)) {
    for (const operation of Object.values(path)) delete operation.operationId;
  }
  const text =
    banner + astToString(await openapiTS(document, { emptyObjectsUnknown: true, defaultNonNullable: false }));
  if (process.argv.includes("--check")) {
    const committed = readFileSync(target, "utf8");
    if (committed !== text) {
      console.error(
        `src/shared/api/${types} differs from ${description}: run \`npm run api\` and commit the result`,
      );
      process.exit(1);
    }
    console.log(`api types of ${description}: up to date`);
  } else {
    writeFileSync(target, text);
    console.log(`wrote ${target}`);
  }
}
