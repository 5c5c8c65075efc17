/**
 * One fault in what was sent: where (a JSON pointer) and what. Inside a text, `offset` and `length` say which characters, and
 * `suggestions` what could stand there.
 */
export type FieldFault = {
  pointer: string;
  message: string;
  offset?: number;
  length?: number;
  suggestions?: readonly string[];
};

/** A failed call: an RFC 9457 problem from the server, or a network failure (status 0). */
export class ApiError extends Error {
  readonly status: number;
  readonly title: string;
  readonly detail: string | null;
  /** The id to quote to an operator; it stands in the server's log. */
  readonly requestId: string | null;
  readonly faults: readonly FieldFault[];
  /** What is there now, where somebody else changed it meanwhile. */
  readonly current: unknown;

  constructor(fields: {
    status: number;
    title: string;
    detail?: string | null;
    requestId?: string | null;
    faults?: readonly FieldFault[];
    current?: unknown;
  }) {
    super(fields.detail ? `${fields.title}: ${fields.detail}` : fields.title);
    this.name = "ApiError";
    this.status = fields.status;
    this.title = fields.title;
    this.detail = fields.detail ?? null;
    this.requestId = fields.requestId ?? null;
    this.faults = fields.faults ?? [];
    this.current = fields.current ?? null;
  }

  get isNotFound(): boolean {
    return this.status === 404;
  }

  /** True when trying again may help: no connection, overload, or a fault on the server's side. */
  get isTemporary(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

/** Makes an ApiError of whatever body came with a failed answer; a proxy's HTML page is no problem document. */
export function problemFrom(response: Response, body: unknown): ApiError {
  const fields = typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
  const faults = Array.isArray(fields.errors)
    ? fields.errors.flatMap((entry: unknown) => {
        if (typeof entry !== "object" || entry === null) return [];
        const { pointer, message, offset, length, suggestions } = entry as Record<string, unknown>;
        return [
          {
            pointer: text(pointer) ?? "",
            message: text(message) ?? "",
            ...(typeof offset === "number" && { offset }),
            ...(typeof length === "number" && { length }),
            ...(Array.isArray(suggestions) && { suggestions: suggestions.map(String) }),
          },
        ];
      })
    : [];
  return new ApiError({
    status: response.status,
    title: text(fields.title) ?? (response.statusText || `HTTP ${response.status}`),
    detail: text(fields.detail),
    requestId: text(fields.request_id) ?? response.headers.get("x-request-id"),
    faults,
    current: fields.current,
  });
}

/** Any thrown value as an ApiError; an aborted call is passed on as it is. */
export function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new ApiError({ status: 0, title: message });
}
