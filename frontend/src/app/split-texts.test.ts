// @vitest-environment node
import { expect, it } from "vitest";
import { en } from "@/shared/i18n/en";
import { sv } from "@/shared/i18n/sv";
import { catalogueOf, filesAtStart, textsOf } from "../../scripts/split-texts";

it("reads the same catalogues as the app's own modules", async () => {
  expect(await catalogueOf("sv")).toEqual(sv);
  expect(await catalogueOf("en")).toEqual(en);
});

it("finds the texts of the first load, composed ones too, and leaves the others for later", () => {
  const keys = Object.keys(sv);
  const atStart = textsOf(filesAtStart(), keys);
  // Navigation, Home, a theme by its composed key, what a page that did not come says.
  for (const key of ["nav.home", "home.title", "theme.dark", "part.missing", "notFound.title"]) {
    expect(atStart, key).toContain(key);
  }
  for (const key of ["universe.text.help", "settings.shortcuts", "prospects.stages"]) {
    expect(atStart, key).not.toContain(key);
  }
  expect(atStart.size).toBeLessThan(keys.length / 4);
});
