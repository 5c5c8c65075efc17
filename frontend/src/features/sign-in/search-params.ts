/** The address of the sign-in page: where to go afterwards. */
export type LoginSearch = { to?: string };

/** A path of this web app; anything that could lead elsewhere is dropped. */
export function safeTarget(to: unknown): string | undefined {
  if (typeof to !== "string" || !to.startsWith("/") || to.startsWith("//") || to.includes("\\"))
    return undefined;
  return to.startsWith("/login") || to.startsWith("/accept") ? undefined : to;
}

export function loginSearch(raw: Record<string, unknown>): LoginSearch {
  return { to: safeTarget(raw.to) };
}
