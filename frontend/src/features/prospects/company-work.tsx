import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { KanbanSquare } from "lucide-react";
import { useState } from "react";
import type { CompanySectionProps } from "@/shared/company/company-sections";
import { formatOrgnr } from "@/shared/format/orgnr";
import { useI18n } from "@/shared/i18n/i18n";
import { companyProspectsQuery, type Prospect, type Stage, stagesQuery } from "@/shared/prospects/queries";
import { activeStages, stageName } from "@/shared/prospects/stage-labels";
import { Section } from "@/shared/ui/section";
import { LoadingBlock } from "@/shared/ui/states";
import { ActivityLog } from "./activity-log";
import { ConflictDialog } from "./conflict-dialog";
import { NotesThread } from "./notes-thread";
import { ProspectFields, Stays } from "./panel";
import { ReasonDialog } from "./reason-dialog";
import { usePipeline } from "./use-pipeline";

/** On a company's page: its place in the pipeline, the notes, and what was done with it. */
export default function CompanyWork({ orgnr, name }: CompanySectionProps) {
  const { t } = useI18n();
  const prospects = useQuery(companyProspectsQuery(orgnr));
  const present = prospects.data?.items.filter((prospect) => !prospect.removed_at) ?? [];
  return (
    <div className="grid gap-4 @4xl:grid-cols-2">
      <div className="flex min-w-0 flex-col gap-4">
        {prospects.isPending ? (
          <LoadingBlock lines={2} />
        ) : (
          present.map((prospect) => <InPipeline key={prospect.id} prospect={prospect} name={name} />)
        )}
        <Section title={t("notes.title")} id="notes">
          <NotesThread orgnr={orgnr} />
        </Section>
      </div>
      <Section title={t("activity.title")} id="activity" className="self-start">
        <ActivityLog orgnr={orgnr} />
      </Section>
    </div>
  );
}

function InPipeline({ prospect, name }: { prospect: Prospect; name: string | null }) {
  const { t } = useI18n();
  const { save } = usePipeline();
  const pipeline = useQuery(stagesQuery);
  const [passing, setPassing] = useState<Stage | null>(null);
  const stages = activeStages(pipeline.data?.stages);
  const what = name ?? formatOrgnr(prospect.orgnr);
  return (
    <Section
      title={t("prospects.title")}
      id="prospect"
      actions={
        <Link
          to="/prospects"
          search={{ id: prospect.id }}
          className="inline-flex items-center gap-1 font-medium text-accent text-xs hover:underline"
        >
          <KanbanSquare size={13} aria-hidden /> {stageName(prospect.stage, pipeline.data?.stages, t)}
        </Link>
      }
    >
      <ProspectFields
        prospect={prospect}
        onChange={(change) =>
          void save([{ card: prospect, change }], {
            key: change.removed ? "prospects.removed" : "prospects.saved",
            values: { what },
          })
        }
        onMove={(stage) => {
          if (stage.key === prospect.stage) return;
          if (stage.outcome === "passed") setPassing(stage);
          else {
            const values = { what, stage: stageName(stage.key, stages, t) };
            void save([{ card: prospect, change: { stage: stage.key } }], { key: "prospects.moved", values });
          }
        }}
      />
      <div className="mt-4">
        <h3 className="mb-2 font-semibold text-xs">{t("prospects.history")}</h3>
        <Stays id={prospect.id} />
      </div>
      {passing && (
        <ReasonDialog
          prospects={[prospect]}
          onClose={() => setPassing(null)}
          onReason={({ reason, note }) => {
            setPassing(null);
            const change = { stage: passing.key, pass_reason: reason, pass_note: note.trim() || null };
            void save([{ card: prospect, change }], { key: "prospects.passed", values: { what } });
          }}
        />
      )}
      <ConflictDialog />
    </Section>
  );
}
