import { apiFetch, BASE_URL } from "./fetch";
import { createClient } from "./open-client";
import { ApiError, problemFrom } from "./problem";
import type { paths } from "./schema";

export const api = createClient<paths>({
  fetch: (request) => apiFetch(request),
  baseUrl: BASE_URL || (typeof location === "undefined" ? "" : location.origin),
});

type Outcome<T> = { data?: T; error?: unknown; response: Response };

/** What came of a call that went well; otherwise throws an ApiError. An aborted call rejects with AbortError. */
async function succeeded<T>(call: Promise<Outcome<T>>): Promise<Outcome<T>> {
  let outcome: Outcome<T>;
  try {
    outcome = await call;
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiError({ status: 0, title: error instanceof Error ? error.message : String(error) });
  }
  if (outcome.error !== undefined || !outcome.response.ok) throw problemFrom(outcome.response, outcome.error);
  return outcome;
}

/** The body of a call that went well; otherwise throws as `succeeded` does. */
export async function unwrap<T>(call: Promise<Outcome<T>>): Promise<T> {
  const { data, response } = await succeeded(call);
  if (data === undefined) throw problemFrom(response, null);
  return data;
}

/** Waits for a call that answers without a body; throws as `unwrap` does. */
export async function unwrapEmpty(call: Promise<Outcome<unknown>>): Promise<void> {
  await succeeded(call);
}

type JsonOf<R> = R extends { content: { "application/json": infer Body } } ? Body : never;

/** The JSON that a GET of this path answers with. */
export type Got<P extends keyof paths> = paths[P] extends { get: { responses: { 200: infer R } } }
  ? JsonOf<R>
  : never;

/** The JSON that a POST to this path answers with. */
export type Posted<P extends keyof paths> = paths[P] extends {
  post: { responses: { 200: infer R } | { 201: infer R } };
}
  ? JsonOf<R>
  : never;

/** The JSON that a POST to this path takes. */
export type PostBody<P extends keyof paths> = paths[P] extends {
  post: { requestBody?: { content: { "application/json": infer Body } } };
}
  ? Body
  : never;
