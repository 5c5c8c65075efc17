import { expect, it } from "vitest";
import { variablesIn } from "./template-variables";

it("finds the template's own variables once each, and neither the given ones nor other braces", () => {
  expect(variablesIn("See {focus} and {region_2} in {company} ({orgnr}), {focus} {} {x y} {Upper}")).toEqual([
    "focus",
    "region_2",
  ]);
  expect(variablesIn("")).toEqual([]);
});
