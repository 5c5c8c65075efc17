import { expect, it } from "vitest";
import { addressOf, createClient } from "./open-client";
import type { paths } from "./schema";

it("fills places, leaves out what is not given and repeats the values of a list", () => {
  const path = "/api/lists/{id}/items";
  expect(addressOf(path, { path: { id: "a/ö" } })).toBe("/api/lists/a%2F%C3%B6/items");
  expect(
    addressOf(path, { path: { id: 1 }, query: { a: undefined, b: null, c: 0, d: false, e: ["x", "y&"] } }),
  ).toBe("/api/lists/1/items?c=0&d=false&e=x&e=y%26");
});

function answering(response: Response) {
  const sent: Request[] = [];
  const api = createClient<paths>({
    baseUrl: "http://lode.test/",
    fetch: async (request) => {
      sent.push(request);
      return response;
    },
  });
  return { api, sent };
}

it("sends a body as JSON and answers with what came", async () => {
  const { api, sent } = answering(Response.json({ text: "x" }));
  const { data } = await api.POST("/api/universe/parse", { body: { text: "revenue > 1" } });
  expect(data).toEqual({ text: "x" });
  expect(sent[0]?.url).toBe("http://lode.test/api/universe/parse");
  expect(sent[0]?.headers.get("content-type")).toBe("application/json");
  expect(await sent[0]?.json()).toEqual({ text: "revenue > 1" });
});

it("tells a refusal as the problem that came, or as its text, and an empty answer as nothing", async () => {
  const problem = { status: 422, title: "no" };
  const refused = answering(Response.json(problem, { status: 422 }));
  expect(await refused.api.GET("/api/status")).toMatchObject({ error: problem, response: { status: 422 } });
  const broken = answering(new Response("bad gateway", { status: 502 }));
  expect(await broken.api.GET("/api/status")).toMatchObject({ error: "bad gateway" });
  const empty = answering(new Response(null, { status: 204 }));
  expect((await empty.api.DELETE("/api/lists/{id}", { params: { path: { id: "1" } } })).data).toBeUndefined();
});
