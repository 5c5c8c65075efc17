import type { Client } from "openapi-fetch";

type Init = {
  params?: { path?: Record<string, unknown>; query?: Record<string, unknown> };
  body?: unknown;
  bodySerializer?: (body: unknown) => BodyInit;
  headers?: HeadersInit;
  parseAs?: "json" | "text";
  signal?: AbortSignal;
};

/** The address of a call: its places filled, and a query without what is left out; a list is its values one after the other. */
export function addressOf(
  path: string,
  { path: places = {}, query = {} }: NonNullable<Init["params"]>,
): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(places[name])));
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null) search.append(key, String(one));
    }
  }
  return search.size > 0 ? `${filled}?${search}` : filled;
}

async function errorOf(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/**
 * Calls of an API by method and path, typed by its description as the library openapi-fetch does, of which the types are. What that does
 * beside (middleware, serializers, other bodies) is not used here, and would be two kilobytes of every first load.
 */
export function createClient<Paths extends object>({
  baseUrl,
  fetch,
}: {
  baseUrl: string;
  fetch: (request: Request) => Promise<Response>;
}): Client<Paths> {
  const call =
    (method: string) =>
    async (path: string, init: Init = {}) => {
      const { params = {}, body, bodySerializer = JSON.stringify, parseAs = "json", signal } = init;
      const headers = new Headers(init.headers);
      if (body !== undefined && !headers.has("content-type")) headers.set("content-type", "application/json");
      const request = new Request(baseUrl.replace(/\/+$/, "") + addressOf(path, params), {
        method,
        headers,
        body: body === undefined ? undefined : bodySerializer(body),
        signal,
      });
      const response = await fetch(request);
      if (!response.ok) return { error: await errorOf(response), response };
      const isEmpty = response.status === 204 || response.headers.get("content-length") === "0";
      return { data: isEmpty ? undefined : await response[parseAs](), response };
    };
  const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"].map((method) => [method, call(method)]);
  return Object.fromEntries(methods) as unknown as Client<Paths>;
}
