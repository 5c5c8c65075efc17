import { useQuery } from "@tanstack/react-query";
import { ExternalLink } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { api, unwrap } from "@/shared/api/client";
import { formatDate } from "@/shared/format/date";
import { useI18n } from "@/shared/i18n/i18n";
import { cx } from "@/shared/ui/class-names";
import { ErrorState, Skeleton } from "@/shared/ui/states";
import { findQuote } from "./find-quote";
import type { Passage } from "./run-queries";

/** The page's own words, with where they stand and, when asked for, the text that they were read from. */
export function Quote({ passage }: { passage: Passage }) {
  const { t } = useI18n();
  const [isOpen, setOpen] = useState(false);
  return (
    <figure className="my-1 border-line-strong border-l-2 pl-2.5">
      <blockquote className="text-sm">“{passage.quote}”</blockquote>
      <figcaption className="flex flex-wrap gap-x-2.5 text-2xs text-ink-3">
        <PageLink url={passage.url} />
        <span className="tabular">{formatDate(passage.fetched_at)}</span>
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
          className="underline decoration-dotted underline-offset-2 hover:text-accent"
        >
          {t("findings.asRead")}
        </button>
      </figcaption>
      {isOpen && <PageText passage={passage} />}
    </figure>
  );
}

/** A link to a page of a website. An address that is none, whatever a page may have written, is shown as text. */
export function PageLink({ url }: { url: string }) {
  const words = url.replace(/^https?:\/\//, "").replace(/\/$/, "");
  if (!/^https?:\/\//i.test(url)) return <span className="break-all">{url}</span>;
  return (
    <a
      href={url}
      target="_blank"
      rel="noreferrer noopener"
      className="inline-flex min-w-0 items-center gap-1 break-all hover:text-accent"
    >
      {words} <ExternalLink size={10} aria-hidden className="shrink-0" />
    </a>
  );
}

/** The text of the page as it was read, the quote marked in it. */
export function PageText({ passage, tall = false }: { passage: Passage; tall?: boolean }) {
  const { t } = useI18n();
  const mark = useRef<HTMLElement>(null);
  const page = useQuery({
    queryKey: ["page-text", passage.sha256],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET("/api/pages/{sha256}", {
          params: { path: { sha256: passage.sha256 } },
          parseAs: "text",
          signal,
        }),
      ),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const text = page.data;
  useEffect(() => {
    if (text) mark.current?.scrollIntoView({ block: "nearest" });
  }, [text]);
  if (page.isPending) return <Skeleton className="mt-1 w-48" />;
  if (page.isError) return <ErrorState compact error={page.error} onRetry={() => void page.refetch()} />;
  const found = findQuote(page.data, passage.quote);
  return (
    <div
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
      tabIndex={0}
      role="region"
      aria-label={t("findings.asRead")}
      className={cx(
        "mt-1 overflow-y-auto whitespace-pre-wrap break-words rounded-md bg-sunken p-2.5 text-xs",
        tall ? "max-h-[50vh]" : "max-h-56",
      )}
    >
      {!found ? (
        page.data
      ) : (
        <>
          {page.data.slice(0, found.start)}
          <mark ref={mark} className="bg-accent-soft text-ink">
            {page.data.slice(found.start, found.end)}
          </mark>
          {page.data.slice(found.end)}
        </>
      )}
    </div>
  );
}
