import { isAway, sayReachable, sayUnreachable } from "@/shared/connection/connection";
import { problemFrom } from "./problem";
import { newTraceContext, TRACE_HEADER } from "./trace-context";

/** Where the API lives; empty means the origin that served this page. */
export const BASE_URL = (import.meta.env.VITE_API_BASE_URL ?? "").replace(/\/+$/, "");

/** The absolute address of a path of the API. */
export function apiUrl(path: string): string {
  return `${BASE_URL}${path}`;
}

/** What proves a call: a token in its header, or nothing because the browser sends the session's cookie, or because nobody is signed in. */
type Proof = { token: string | null };

/** Where the proof of calls comes from. Without one, calls go out as nobody's: right where there is no sign-in. */
export type TokenSource = {
  /** What proves a call to this address. */
  proof: (url: string) => Promise<Proof>;
  /** The same after the server refused a call; null when the session is over. */
  renew: (url: string) => Promise<Proof | null>;
  /** Called when the server knows nobody behind the call and nothing could be renewed. */
  onSignedOut: () => void;
  /** Called when the server asks for a second factor before it answers. */
  onSecondFactor: () => void;
};

/** The `type` of the problem by which the server asks for a second factor. */
const SECOND_FACTOR = "second-factor-required";

let source: TokenSource | null = null;

export function setTokenSource(next: TokenSource | null): void {
  source = next;
}

function withToken(request: Request, { token }: Proof): Request {
  if (token) request.headers.set("authorization", `Bearer ${token}`);
  return request;
}

/** Sends a request as the beginning of a trace, and notes whether the server was there to answer it. */
async function send(request: Request): Promise<Response> {
  if (!request.headers.has(TRACE_HEADER)) request.headers.set(TRACE_HEADER, newTraceContext());
  try {
    const response = await globalThis.fetch(request);
    if (isAway(response)) sayUnreachable();
    else sayReachable();
    return response;
  } catch (error) {
    if (!request.signal.aborted) sayUnreachable();
    throw error;
  }
}

/**
 * Every call to the API goes through here, streams and files too: it proves whose it is by the session's cookie or by a token in its header
 * (never in the address), renews the proof once when the server refuses it, and tells when the session is over.
 */
export async function apiFetch(input: string | Request, init?: RequestInit): Promise<Response> {
  const request = typeof input === "string" ? new Request(absolute(input), init) : input;
  if (!source) return send(request);
  // A request's body can be read once, so the second try needs its own copy.
  const again = request.clone();
  const response = await send(withToken(request, await source.proof(request.url)));
  if (await asksForSecondFactor(response)) source.onSecondFactor();
  if (response.status !== 401) return response;
  const proof = await source.renew(again.url);
  if (!proof) {
    source.onSignedOut();
    return response;
  }
  const second = await send(withToken(again, proof));
  if (second.status === 401) source.onSignedOut();
  return second;
}

/** Whether an answer says that a second factor comes first. The answer itself stays unread. */
export async function asksForSecondFactor(response: Response): Promise<boolean> {
  if (response.status !== 403) return false;
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => null);
  return typeof body === "object" && body !== null && "type" in body && body.type === SECOND_FACTOR;
}

function absolute(path: string): string {
  const url = apiUrl(path);
  return typeof location === "undefined" ? url : new URL(url, location.origin).toString();
}

/** A file that the API answered with, and the name it gave it. */
export type FetchedFile = { blob: Blob; name: string | null };

/** Told of each piece that has come, and of how many bytes there are with it. */
export type OnPiece = (piece: Uint8Array, bytes: number) => void;

/** Fetches a file piece by piece, telling of each one; throws an ApiError when it is refused. */
export async function fetchFile(path: string, init?: RequestInit, onPiece?: OnPiece): Promise<FetchedFile> {
  const response = await openFile(path, init);
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  for await (const piece of piecesOf(response.body)) {
    pieces.push(piece);
    bytes += piece.length;
    onPiece?.(piece, bytes);
  }
  const disposition = response.headers.get("content-disposition") ?? "";
  const name = /filename="?([^";]+)"?/.exec(disposition)?.[1] ?? null;
  return { blob: new Blob(pieces, { type: response.headers.get("content-type") ?? "" }), name };
}

/** The same straight into a sink, so that a file of any size never stands in memory. What failed half-way is dropped. */
export async function pipeFile(
  path: string,
  init: RequestInit,
  sink: WritableStream<Uint8Array>,
  onPiece?: OnPiece,
): Promise<void> {
  const writer = sink.getWriter();
  try {
    const response = await openFile(path, init);
    let bytes = 0;
    for await (const piece of piecesOf(response.body)) {
      await writer.write(piece);
      bytes += piece.length;
      onPiece?.(piece, bytes);
    }
    await writer.close();
  } catch (error) {
    await writer.abort(error).catch(() => undefined);
    throw error;
  }
}

type OpenFile = Response & { body: ReadableStream<Uint8Array<ArrayBuffer>> };

async function openFile(path: string, init?: RequestInit): Promise<OpenFile> {
  const response = await apiFetch(path, init);
  if (!response.ok || !response.body) throw problemFrom(response, await response.json().catch(() => null));
  return response as OpenFile;
}

async function* piecesOf(body: ReadableStream<Uint8Array<ArrayBuffer>>) {
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}

/** Hands a file to the browser to be saved under a name. */
export function saveFile(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Fetches a file and saves it under the server's name, or else the given one; `own` is a name that is better than the server's. */
export async function downloadFile(
  path: string,
  fallback: string | { own: string },
  init?: RequestInit,
): Promise<void> {
  const { blob, name } = await fetchFile(path, init);
  saveFile(blob, typeof fallback === "string" ? (name ?? fallback) : fallback.own);
}
