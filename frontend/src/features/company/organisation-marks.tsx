import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { EyeOff, ListFilter, Users } from "lucide-react";
import { formatDateTime } from "@/shared/format/date";
import { useI18n } from "@/shared/i18n/i18n";
import { LabelChip } from "@/shared/lists/label-chip";
import { marksQuery, membershipsQuery } from "@/shared/lists/queries";
import { Section } from "@/shared/ui/section";
import { ErrorState, LoadingBlock } from "@/shared/ui/states";

/** What the organisation has noted about the company: labels, the lists that hold it and why, and whether it is hidden. */
export function OrganisationMarks({ orgnr }: { orgnr: string }) {
  const { t } = useI18n();
  const marks = useQuery(marksQuery([orgnr]));
  const lists = useQuery(membershipsQuery(orgnr));
  const mine = marks.data?.items[0];
  const failed = marks.isError ? marks : lists.isError ? lists : null;
  return (
    <Section title={t("marks.title")}>
      {failed ? (
        <ErrorState compact error={failed.error} onRetry={() => void failed.refetch()} />
      ) : !mine || !lists.data ? (
        <LoadingBlock lines={2} className="p-0" />
      ) : (
        <div className="flex flex-col gap-2.5">
          {mine.exclusion && (
            <p className="flex items-start gap-2 rounded-md bg-warn-soft px-2.5 py-1.5">
              <EyeOff size={14} aria-hidden className="mt-0.5 shrink-0 text-warn" />
              <span>
                {t("exclusions.because", {
                  reason: mine.exclusion.reason,
                  who: mine.exclusion.added_by ?? "–",
                  when: formatDateTime(mine.exclusion.added_at),
                })}
              </span>
            </p>
          )}
          {mine.labels.length > 0 && (
            <ul className="flex flex-wrap gap-1" aria-label={t("lists.tab.labels")}>
              {mine.labels.map((label) => (
                <li key={label.id}>
                  <LabelChip name={label.name} color={label.color} />
                </li>
              ))}
            </ul>
          )}
          {lists.data.items.length > 0 && (
            <ul className="flex flex-col gap-1" aria-label={t("lists.title")}>
              {lists.data.items.map((list) => (
                <li key={list.id} className="flex flex-wrap items-baseline gap-x-2">
                  <Link
                    to="/lists/$id"
                    params={{ id: list.id }}
                    search={{}}
                    className="font-medium text-accent hover:underline"
                  >
                    {list.name}
                  </Link>
                  {list.kind === "dynamic" && (
                    <ListFilter size={12} role="img" aria-label={t("lists.dynamic")} className="text-ink-3" />
                  )}
                  {list.scope === "team" && (
                    <Users size={12} role="img" aria-label={t("lists.team")} className="text-ink-3" />
                  )}
                  {list.note && <span className="text-ink-2">{list.note}</span>}
                </li>
              ))}
            </ul>
          )}
          {!mine.exclusion && mine.labels.length === 0 && lists.data.items.length === 0 && (
            <p className="text-ink-2">{t("marks.none")}</p>
          )}
        </div>
      )}
    </Section>
  );
}
