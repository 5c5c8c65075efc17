import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { api, unwrap } from "@/shared/api/client";
import { formatDateTime } from "@/shared/format/date";
import { formatOrgnr } from "@/shared/format/orgnr";
import { useI18n } from "@/shared/i18n/i18n";
import { refreshLists, undoChange } from "@/shared/lists/queries";
import { personName } from "@/shared/people/person-name";
import { Button } from "@/shared/ui/button";
import { TextField } from "@/shared/ui/field";
import { PlainTable } from "@/shared/ui/plain-table";
import { Section } from "@/shared/ui/section";
import { EmptyState, ErrorState, LoadingBlock } from "@/shared/ui/states";
import { showFailure, showToast } from "@/shared/ui/toast-store";
import { useDelayed } from "@/shared/ui/use-delayed";

const PAGE = 50;

/** The companies that no screen shows, with who said so and why; each can be shown again. */
export function ExclusionsTab() {
  const { t } = useI18n();
  const queries = useQueryClient();
  const [words, setWords] = useState("");
  const [offset, setOffset] = useState(0);
  const q = useDelayed(words.trim(), 200);
  const page = useQuery({
    queryKey: ["exclusions", q, offset],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET("/api/exclusions", {
          params: { query: { q: q || undefined, limit: PAGE, offset } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
  const show = useMutation({
    mutationFn: (orgnr: string) => unwrap(api.POST("/api/exclusions/remove", { body: { orgnrs: [orgnr] } })),
    onSettled: () => refreshLists(queries),
  });
  const showAgain = async (orgnr: string, name: string) => {
    try {
      const done = await show.mutateAsync(orgnr);
      const undo = done.change_id;
      showToast({
        text: { key: "exclusions.shown", values: { what: name, count: done.changed } },
        undo: undo ? () => undoChange(queries, undo) : undefined,
      });
    } catch (error) {
      showFailure("lists.failed", error);
    }
  };
  const total = page.data?.total ?? 0;
  return (
    <Section
      title={t("admin.tab.exclusions")}
      note={page.data ? t("lists.companies", { count: total }) : undefined}
      flush
      actions={
        <TextField
          type="search"
          aria-label={t("exclusions.find")}
          placeholder={t("exclusions.find")}
          value={words}
          onChange={(event) => {
            setWords(event.target.value);
            setOffset(0);
          }}
          className="w-56"
        />
      }
    >
      {page.isPending ? (
        <LoadingBlock lines={6} />
      ) : page.isError ? (
        <ErrorState error={page.error} onRetry={() => void page.refetch()} />
      ) : page.data.items.length === 0 ? (
        <EmptyState title={t(q ? "exclusions.noneFound" : "exclusions.none")}>
          {!q && t("exclusions.noneText")}
        </EmptyState>
      ) : (
        <>
          <PlainTable
            label={t("admin.tab.exclusions")}
            rows={page.data.items}
            keyOf={(item) => item.orgnr}
            columns={[
              {
                key: "name",
                header: t("table.column.company"),
                cell: (item) => (
                  <Link
                    to="/company/$orgnr"
                    params={{ orgnr: item.orgnr }}
                    search={{}}
                    className="font-medium hover:text-accent hover:underline"
                  >
                    {item.name ?? formatOrgnr(item.orgnr)}
                  </Link>
                ),
              },
              {
                key: "orgnr",
                wide: true,
                header: t("company.orgnrShort"),
                className: "tabular whitespace-nowrap text-ink-2",
                cell: (item) => formatOrgnr(item.orgnr),
              },
              { key: "reason", header: t("exclusions.reasonShort"), cell: (item) => item.reason },
              {
                key: "who",
                wide: true,
                header: t("exclusions.who"),
                cell: (item) => personName(item.added_by, t) ?? "–",
              },
              {
                key: "when",
                wide: true,
                header: t("exclusions.when"),
                className: "whitespace-nowrap",
                cell: (item) => formatDateTime(item.added_at),
              },
              {
                key: "do",
                header: <span className="sr-only">{t("lists.menu")}</span>,
                align: "right",
                cell: (item) => (
                  <Button
                    size="sm"
                    look="ghost"
                    disabled={show.isPending}
                    onClick={() => void showAgain(item.orgnr, item.name ?? formatOrgnr(item.orgnr))}
                  >
                    {t("exclusions.show")}
                  </Button>
                ),
              },
            ]}
          />
          {total > PAGE && (
            <div className="flex items-center justify-end gap-2 border-line border-t px-3 py-1.5">
              <Button size="sm" disabled={offset === 0} onClick={() => setOffset(Math.max(0, offset - PAGE))}>
                {t("exclusions.previous")}
              </Button>
              <Button size="sm" disabled={offset + PAGE >= total} onClick={() => setOffset(offset + PAGE)}>
                {t("exclusions.next")}
              </Button>
            </div>
          )}
        </>
      )}
    </Section>
  );
}
