import { expect, it } from "vitest";
import { linearScale, niceTicks } from "./scale";

it("covers the values with round ticks", () => {
  expect(niceTicks(0, 97, 4)).toEqual([0, 25, 50, 75, 100]);
  expect(niceTicks(-0.12, 0.31, 4)).toEqual([-0.2, 0, 0.2, 0.4]);
  expect(niceTicks(0, 0)).toEqual([0, 1]);
  expect(niceTicks(5, 5, 5)).toEqual([0, 1, 2, 3, 4, 5]);
});

it("maps onto pixels, also upside down", () => {
  expect(linearScale([0, 10], [100, 0])(2.5)).toBe(75);
  expect(linearScale([3, 3], [0, 100])(3)).toBe(0);
});
