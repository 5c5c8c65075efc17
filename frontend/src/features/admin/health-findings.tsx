import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { ArrowRight } from "lucide-react";
import { api, type Got, unwrap } from "@/shared/api/client";
import { formatDateTime } from "@/shared/format/date";
import type { MessageKey } from "@/shared/i18n/en";
import { useI18n } from "@/shared/i18n/i18n";
import { Badge, type Tone } from "@/shared/ui/badge";
import { Section } from "@/shared/ui/section";
import { ErrorState, LoadingBlock } from "@/shared/ui/states";

export type Diagnosis = Got<"/api/status/diagnosis">;
type Finding = Diagnosis["findings"][number];

/** What the server finds of itself, asked for again every thirty seconds. */
export function useDiagnosis(): UseQueryResult<Diagnosis> {
  return useQuery({
    queryKey: ["status", "diagnosis"],
    queryFn: ({ signal }) => unwrap(api.GET("/api/status/diagnosis", { signal })),
    refetchInterval: 30_000,
  });
}

const LEVELS: Record<string, { tone: Tone; label: MessageKey }> = {
  ok: { tone: "good", label: "health.level.ok" },
  unknown: { tone: "neutral", label: "health.level.unknown" },
  warning: { tone: "warn", label: "health.level.warning" },
  failure: { tone: "bad", label: "health.level.failure" },
};

/** Each part of the installation, the worst first, with what to do about it. The words are the server's: `lode doctor` uses the same. */
export function FindingsSection({ diagnosis }: { diagnosis: UseQueryResult<Diagnosis> }) {
  const { t } = useI18n();
  const { data } = diagnosis;
  return (
    <Section
      title={t("health.findings")}
      note={data && t("health.checkedAt", { when: formatDateTime(data.checked_at) })}
      actions={data && <Verdict diagnosis={data} />}
      flush
    >
      {data ? (
        <ul aria-label={t("health.findings")} aria-busy={diagnosis.isFetching}>
          {data.findings.map((finding) => (
            // Several findings may be of one part.
            <FindingRow key={`${finding.part} ${finding.found.en}`} finding={finding} />
          ))}
        </ul>
      ) : diagnosis.isError ? (
        <ErrorState compact error={diagnosis.error} onRetry={() => void diagnosis.refetch()} />
      ) : (
        <LoadingBlock lines={6} />
      )}
      {data && diagnosis.isError && (
        <ErrorState compact error={diagnosis.error} onRetry={() => void diagnosis.refetch()} />
      )}
    </Section>
  );
}

function Verdict({ diagnosis }: { diagnosis: Diagnosis }) {
  const { t } = useI18n();
  const { failures, warnings } = diagnosis;
  if (failures + warnings === 0) return <Badge tone="good">{t("health.allWell")}</Badge>;
  return (
    <>
      {failures > 0 && <Badge tone="bad">{t("health.mendNow", { count: failures })}</Badge>}
      {warnings > 0 && <Badge tone="warn">{t("health.mendSoon", { count: warnings })}</Badge>}
    </>
  );
}

function FindingRow({ finding }: { finding: Finding }) {
  const { t, locale } = useI18n();
  const level = LEVELS[finding.level] ?? LEVELS.unknown;
  return (
    <li className="grid grid-cols-[5.5rem_minmax(0,1fr)] gap-x-3 gap-y-0.5 border-line border-b px-3.5 py-2 text-sm last:border-0 sm:grid-cols-[5.5rem_11rem_minmax(0,1fr)]">
      <span className="row-span-2 sm:row-span-1">
        {level && <Badge tone={level.tone}>{t(level.label)}</Badge>}
      </span>
      <h3 className="font-medium">{finding.title[locale]}</h3>
      <div className="min-w-0 break-words">
        <p>{finding.found[locale]}</p>
        {finding.remedy && (
          <p className="mt-0.5 flex gap-1.5 text-ink-2 text-xs">
            <ArrowRight size={12} className="mt-0.5 shrink-0" aria-hidden />
            <span className="sr-only">{t("health.remedy")}</span>
            <span className="min-w-0">{finding.remedy[locale]}</span>
          </p>
        )}
      </div>
    </li>
  );
}
