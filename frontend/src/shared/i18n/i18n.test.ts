import { expect, it } from "vitest";
import { en } from "./en";
import { sv } from "./sv";
import { type Message, translate } from "./translate";

const places = (message: Message) => [...new Set(JSON.stringify(message).match(/\{\w+\}/g) ?? [])].sort();

it("has the same keys and the same places in both languages", () => {
  expect(Object.keys(sv).sort()).toEqual(Object.keys(en).sort());
  for (const key of Object.keys(en) as (keyof typeof en)[]) {
    expect(places(sv[key]), key).toEqual(places(en[key]));
  }
});

it("fills places, formats numbers and picks the plural", () => {
  const message = { one: "{count} row", other: "{count} rows" };
  expect(translate(message, "en", { count: 1 })).toBe("1 row");
  expect(translate(message, "en", { count: 12345 })).toBe("12,345 rows");
  expect(translate("{a} of {b}", "sv", { a: "x" })).toBe("x of {b}");
});
