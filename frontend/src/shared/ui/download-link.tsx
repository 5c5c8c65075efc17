import type { MouseEvent, ReactNode } from "react";
import { apiUrl, downloadFile } from "@/shared/api/fetch";
import { showFailure } from "./toast-store";

/** A link to a file of the API. The click fetches it with the access token, which never stands in the address. */
export function DownloadLink({
  path,
  name,
  label,
  children,
}: {
  path: string;
  /** What the file is called when the server does not say. */
  name: string;
  label?: string;
  children: ReactNode;
}) {
  const onClick = (event: MouseEvent) => {
    event.preventDefault();
    downloadFile(path, name).catch((error: unknown) => showFailure("download.failed", error));
  };
  return (
    <a
      href={apiUrl(path)}
      download={name}
      onClick={onClick}
      aria-label={label}
      title={name}
      className="inline-flex min-h-6 min-w-6 items-center justify-center gap-1.5 font-medium text-accent hover:underline"
    >
      {children}
    </a>
  );
}
