import { expect, test } from "vitest";
import { placeOf } from "./active-row";

const at = (rows: string[]) => (index: number) => rows[index];

test("a_row_inserted_above_moves_the_place_with_the_company", () => {
  expect(placeOf({ index: 1, key: "b" }, 3, at(["a", "b", "c"]))).toBe(1);
  expect(placeOf({ index: 1, key: "b" }, 4, at(["new", "a", "b", "c"]))).toBe(2);
});

test("a_row_that_is_gone_leaves_its_place_to_the_next_one", () => {
  expect(placeOf({ index: 1, key: "b" }, 2, at(["a", "c"]))).toBe(1);
  expect(placeOf({ index: 2, key: "c" }, 2, at(["a", "b"]))).toBe(1);
});

test("a_place_in_an_empty_table_is_the_first", () => {
  expect(placeOf({ index: 7, key: "x" }, 0, at([]))).toBe(0);
});

test("a_row_not_loaded_yet_keeps_its_place", () => {
  expect(placeOf({ index: 5000, key: null }, 20_000, () => undefined)).toBe(5000);
});
