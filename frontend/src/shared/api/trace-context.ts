/** Name of the header by which a call begins a trace (W3C Trace Context). */
export const TRACE_HEADER = "traceparent";

/** The place of a call in a trace of its own: the server's steps, its jobs and calls of models stand below it where traces are kept. */
export function newTraceContext(): string {
  return `00-${digits(16)}-${digits(8)}-01`;
}

/** So many random bytes in hexadecimal digits, not all of them zero. */
function digits(bytes: number): string {
  const random = crypto.getRandomValues(new Uint8Array(bytes));
  if (random.every((byte) => byte === 0)) random[0] = 1;
  return Array.from(random, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
