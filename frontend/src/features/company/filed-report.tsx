import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { apiFetch } from "@/shared/api/fetch";
import { problemFrom } from "@/shared/api/problem";
import { useI18n } from "@/shared/i18n/i18n";
import { Dialog } from "@/shared/ui/dialog";
import { ErrorState, LoadingBlock } from "@/shared/ui/states";

/** The id that the server gives the marked figure. */
const MARK = "lode-figure";

/** A document of a filing, and the tagged figure that is marked in it. */
export type ReportPlace = {
  filingId: string;
  name: string;
  /** Position in the package, from 1. */
  document?: number | null;
  concept?: string | null;
  context?: string | null;
};

async function fetchPage(place: ReportPlace, signal: AbortSignal): Promise<string> {
  const query = new URLSearchParams({ document: String(place.document ?? 1) });
  if (place.concept && place.context) {
    query.set("concept", place.concept);
    query.set("context", place.context);
  }
  const response = await apiFetch(`/api/filings/${place.filingId}/document?${query}`, { signal });
  if (!response.ok) throw problemFrom(response, await response.json().catch(() => null));
  return response.text();
}

/**
 * The report as it was filed, with the figure marked and in view. The server has taken out what runs or loads; besides, the frame
 * may run no script whatever is in it, and the page's own policy lets it load nothing.
 */
export default function FiledReport({ place, onClose }: { place: ReportPlace; onClose: () => void }) {
  const { t } = useI18n();
  const frame = useRef<HTMLIFrameElement>(null);
  const [isMarked, setMarked] = useState<boolean | null>(null);
  const page = useQuery({
    queryKey: ["filed-report", place.filingId, place.document, place.concept, place.context],
    queryFn: ({ signal }) => fetchPage(place, signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });
  const reveal = () => {
    const marked = frame.current?.contentDocument?.getElementById(MARK);
    marked?.scrollIntoView({ block: "center", inline: "center" });
    setMarked(marked !== null && marked !== undefined);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("report.title")}
      description={place.name}
      className="top-[3vh]! h-[94vh] max-h-[94vh]! w-[min(70rem,calc(100vw-1.5rem))]! [&>div:last-child]:min-h-0 [&>div:last-child]:flex-1 [&>div:last-child]:p-0"
    >
      {page.isPending ? (
        <LoadingBlock lines={12} />
      ) : page.isError ? (
        <ErrorState error={page.error} onRetry={() => void page.refetch()} />
      ) : (
        <div className="flex h-full flex-col">
          <p aria-live="polite" className="border-line border-b bg-sunken px-4 py-1 text-ink-2 text-xs">
            {place.concept && isMarked === false ? t("report.notMarked") : t("report.note")}
          </p>
          <iframe
            ref={frame}
            title={t("report.frame", { name: place.name })}
            // Of this origin, so that the figure can be brought into view; without allow-scripts nothing in it runs.
            sandbox="allow-same-origin"
            referrerPolicy="no-referrer"
            srcDoc={page.data}
            onLoad={reveal}
            className="min-h-0 w-full flex-1 border-0 bg-white"
          />
        </div>
      )}
    </Dialog>
  );
}
