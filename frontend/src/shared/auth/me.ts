import { queryOptions, useQuery } from "@tanstack/react-query";
import { api, type Got, unwrap } from "@/shared/api/client";

export type Me = Got<"/api/me">;

/** What the server lets a person do; the same names as in the API. */
export type Permission =
  | "read_companies"
  | "read_work"
  | "export"
  | "edit_work"
  | "manage_team_work"
  | "manage_own_account"
  | "run_analysis"
  | "import"
  | "manage_jobs"
  | "manage_users"
  | "read_audit";

/** Who is signed in; where there is no sign-in, the local owner. */
export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: ({ signal }) => unwrap(api.GET("/api/me", { signal })),
  staleTime: 300_000,
});

/** Whether the person may do it; false until the server has said so. The server decides again at every call. */
export function useMay(permission: Permission): boolean {
  const { data } = useQuery(meQuery);
  return data?.permissions.includes(permission) ?? false;
}

/** The same for several permissions at once. */
export function useMayAll(permissions: readonly Permission[]): readonly boolean[] {
  const { data } = useQuery(meQuery);
  return permissions.map((permission) => data?.permissions.includes(permission) ?? false);
}
