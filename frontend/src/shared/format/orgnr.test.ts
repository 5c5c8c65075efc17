import { expect, it } from "vitest";
import { formatOrgnr, parseOrgnr } from "./orgnr";

it.each([
  ["5590852777", "5590852777"],
  ["559085-2777", "5590852777"],
  ["16 559085-2777", "5590852777"],
  ["SE559085277701", "5590852777"],
  ["923 609 016", "923609016"],
  ["NO 923 609 016 MVA", "923609016"],
])("reads %s as %s", (text, digits) => expect(parseOrgnr(text)).toBe(digits));

it.each(["", "12345", "723609016", "0923609016x", "Eksempel 9"])("reads %s as no number", (text) =>
  expect(parseOrgnr(text)).toBeNull(),
);

it("shows the form of each country", () => {
  expect(formatOrgnr("5590852777")).toBe("559085-2777");
  expect(formatOrgnr("923609016")).toBe("923\u00a0609\u00a0016");
  expect(formatOrgnr("unknown")).toBe("unknown");
});
