import { expect, it } from "vitest";
import { safeTarget } from "./search-params";

it("goes back only to a page of this web app", () => {
  expect(safeTarget("/universe?f=revenue%20%3E%3D%201m")).toBe("/universe?f=revenue%20%3E%3D%201m");
  for (const hostile of [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "javascript:alert(1)",
    "/login?to=/login",
    "/accept",
    "",
    undefined,
    7,
  ]) {
    expect(safeTarget(hostile)).toBeUndefined();
  }
});
