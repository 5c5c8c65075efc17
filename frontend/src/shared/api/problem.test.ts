import { expect, it } from "vitest";
import { asApiError, problemFrom } from "./problem";

it("reads a problem document", () => {
  const response = new Response(null, { status: 422, headers: { "x-request-id": "header-id" } });
  const error = problemFrom(response, {
    title: "Unknown field",
    detail: "revnue is no field",
    request_id: "abc",
    errors: [{ pointer: "/filters/0/field", message: "unknown" }, "odd"],
  });
  expect(error).toMatchObject({ status: 422, title: "Unknown field", requestId: "abc", isTemporary: false });
  expect(error.faults).toEqual([{ pointer: "/filters/0/field", message: "unknown" }]);
});

it("makes do with a proxy's answer", () => {
  const response = new Response(null, { status: 502, headers: { "x-request-id": "header-id" } });
  const error = problemFrom(response, "<html>");
  expect(error).toMatchObject({ status: 502, requestId: "header-id", isTemporary: true });
});

it("names a lost connection", () => {
  expect(asApiError(new TypeError("Failed to fetch"))).toMatchObject({ status: 0, isTemporary: true });
});
