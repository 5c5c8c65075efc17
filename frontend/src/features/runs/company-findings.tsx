import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Globe, Sparkles } from "lucide-react";
import { useState } from "react";
import { useMay } from "@/shared/auth/me";
import { formatAgo, formatDateTime } from "@/shared/format/date";
import { formatNumber } from "@/shared/format/number";
import type { MessageKey } from "@/shared/i18n/en";
import { type Translate, useI18n } from "@/shared/i18n/i18n";
import { Badge, type Tone } from "@/shared/ui/badge";
import { Button } from "@/shared/ui/button";
import { Fact, Section } from "@/shared/ui/section";
import { EmptyState, ErrorState, LoadingBlock } from "@/shared/ui/states";
import { AnalysisView } from "./analysis-view";
import { outcomeLabel } from "./homepage-labels";
import { PageLink, Quote } from "./quote";
import { type AnalysisResult, type Findings, findingsQuery, type Passage } from "./run-queries";
import StartRunDialog from "./start-run-dialog";

type Named = { name: string; passage: Passage };
type Topic = { code: string; passages: Passage[] };
type Stated = { value: number; passage: Passage };
type AboutSummary = { sentences: Passage[] };
type Insights = {
  languages: string[];
  products: Passage[];
  customers: Passage[];
  certifications: Named[];
  technologies: string[];
};
type Profile = {
  founded: Stated | null;
  employees: Stated | null;
  business_models: Topic[];
  markets: Topic[];
  ownership: Topic[];
};

/** Days after which what a website said counts as old. */
const FRESH_DAYS = 180;

/** What a company's website and the analyses say of it, each with the words it rests on. */
export default function CompanyFindings({ orgnr, name }: { orgnr: string; name: string | null }) {
  const { t, locale } = useI18n();
  const findings = useQuery(findingsQuery(orgnr));
  if (findings.isPending)
    return (
      <Section title={t("findings.title")}>
        <LoadingBlock lines={4} className="p-0" />
      </Section>
    );
  if (findings.isError)
    return (
      <Section title={t("findings.title")}>
        <ErrorState compact error={findings.error} onRetry={() => void findings.refetch()} />
      </Section>
    );
  const { homepage, enrichments, analyses } = findings.data;
  const dataOf = <T,>(kind: string) => enrichments.find((one) => one.kind === kind)?.data as T | undefined;
  const about = dataOf<AboutSummary>("about_summary");
  const insights = dataOf<Insights>("website_insights");
  const profile = dataOf<Profile>("company_profile");
  const newest = enrichments
    .map((one) => one.made_at)
    .sort()
    .at(-1);
  const isStale = newest ? Date.now() - Date.parse(newest) > FRESH_DAYS * 86_400_000 : false;
  const [analysis] = analyses;
  const isUnknown = !homepage && analyses.length === 0;
  return (
    <Section
      id="findings"
      title={t("findings.title")}
      note={
        newest && (
          <span title={formatDateTime(newest)}>
            {t("findings.readAt", { when: formatAgo(newest, locale) })}
          </span>
        )
      }
      actions={
        <>
          {isStale && <Badge tone="warn">{t("findings.stale")}</Badge>}
          {!isUnknown && <RunButton orgnr={orgnr} name={name} />}
        </>
      }
    >
      {isUnknown ? (
        <EmptyState title={t("findings.none")} icon={<Globe size={20} aria-hidden />}>
          <p>{t("findings.noneHelp")}</p>
          <p className="mt-3">
            <RunButton orgnr={orgnr} name={name} look="primary" />
          </p>
        </EmptyState>
      ) : (
        <div className="grid gap-6 lg:grid-cols-2">
          <div className="flex min-w-0 flex-col gap-4">
            {homepage && <Homepage homepage={homepage} />}
            {about && <Quotes title="findings.about" passages={about.sentences} />}
            {insights && <Quotes title="findings.products" passages={insights.products} />}
            {insights && <Quotes title="findings.customers" passages={insights.customers} />}
          </div>
          <div className="flex min-w-0 flex-col gap-4">
            {profile && <ProfileFacts profile={profile} />}
            {insights && <InsightFacts insights={insights} />}
            {analysis && (
              <div>
                <h3 className="eyebrow mb-1">{t("findings.analyses")}</h3>
                <p className="mb-2 text-xs">
                  <Link
                    to="/ai/runs/$id"
                    params={{ id: analysis.run_id }}
                    className="text-accent hover:underline"
                  >
                    {analysis.run_name}
                  </Link>{" "}
                  <span className="text-ink-3">{formatAgo(analysis.made_at, locale)}</span>
                </p>
                <div className="flex flex-col gap-3">
                  <AnalysisView orgnr={orgnr} result={analysis.result as unknown as AnalysisResult} />
                </div>
              </div>
            )}
          </div>
        </div>
      )}
    </Section>
  );
}

/** Begins a run over this company alone; its window tells first how long it takes. */
function RunButton({ orgnr, name, look }: { orgnr: string; name: string | null; look?: "primary" }) {
  const { t } = useI18n();
  const mayRun = useMay("run_analysis");
  const [isOpen, setOpen] = useState(false);
  if (!mayRun) return null;
  return (
    <>
      <Button size={look ? "md" : "sm"} {...(look && { look })} onClick={() => setOpen(true)}>
        <Sparkles size={13} aria-hidden /> {t("runs.startRun")}
      </Button>
      {isOpen && <StartRunDialog companies={[{ orgnr, name }]} onClose={() => setOpen(false)} />}
    </>
  );
}

const STATUS: Record<string, { tone: Tone; word: MessageKey }> = {
  verified: { tone: "good", word: "findings.homepage.verified" },
  unverified: { tone: "warn", word: "findings.homepage.unverified" },
  none: { tone: "neutral", word: "findings.homepage.none" },
};

const PROOFS: Record<string, MessageKey> = {
  orgnr: "findings.proof.orgnr",
  address: "findings.proof.address",
  register: "findings.proof.register",
};

type HomepageFinding = NonNullable<Findings["homepage"]>;

function Homepage({ homepage }: { homepage: HomepageFinding }) {
  const { t } = useI18n();
  const status = STATUS[homepage.status];
  const proof = homepage.proof ? PROOFS[homepage.proof] : undefined;
  const tried = homepage.candidates;
  return (
    <div>
      <h3 className="eyebrow mb-1">{t("findings.homepage")}</h3>
      <p className="flex flex-wrap items-center gap-2">
        {homepage.url && <PageLink url={homepage.url} />}
        {status && <Badge tone={status.tone}>{t(status.word)}</Badge>}
      </p>
      {proof && (
        <p className="mt-1 text-ink-2 text-xs">
          {t(proof)}
          {homepage.proof_quote && <>: “{homepage.proof_quote}”</>}
        </p>
      )}
      {homepage.status !== "verified" && tried.length > 0 && (
        <details className="mt-1 text-xs">
          <summary className="cursor-pointer text-ink-2">{t("findings.tried")}</summary>
          <ul className="mt-1 flex flex-col gap-0.5 text-ink-2">
            {tried.map((one) => (
              <li key={one.url} title={one.detail ?? undefined}>
                <span className="break-all">{one.url}</span>: {outcomeLabel(one, t)}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

function Quotes({ title, passages }: { title: MessageKey; passages: readonly Passage[] }) {
  const { t } = useI18n();
  if (passages.length === 0) return null;
  return (
    <div>
      <h3 className="eyebrow mb-1">{t(title)}</h3>
      {passages.map((passage) => (
        <Quote key={passage.quote + passage.url} passage={passage} />
      ))}
    </div>
  );
}

function ProfileFacts({ profile }: { profile: Profile }) {
  const { t, locale } = useI18n();
  const topics: [MessageKey, Topic[]][] = [
    ["findings.models", profile.business_models],
    ["findings.markets", profile.markets],
    ["findings.ownership", profile.ownership],
  ];
  return (
    <dl className="grid grid-cols-2 gap-3">
      {profile.founded && (
        <Fact label={t("findings.founded")}>
          <span title={profile.founded.passage.quote}>{profile.founded.value}</span>
        </Fact>
      )}
      {profile.employees && (
        <Fact label={t("findings.employees")}>
          <span title={profile.employees.passage.quote}>{formatNumber(profile.employees.value, locale)}</span>
        </Fact>
      )}
      {topics.map(([label, found]) =>
        found.length > 0 ? (
          <Fact key={label} label={t(label)}>
            <ul className="flex flex-wrap gap-1">
              {found.map((topic) => (
                <li key={topic.code}>
                  <Badge {...(topic.passages[0] && { title: topic.passages[0].quote })}>
                    {topicLabel(topic.code, t)}
                  </Badge>
                </li>
              ))}
            </ul>
          </Fact>
        ) : null,
      )}
    </dl>
  );
}

function InsightFacts({ insights }: { insights: Insights }) {
  const { t, locale } = useI18n();
  const languages = new Intl.DisplayNames([locale], { type: "language" });
  return (
    <dl className="grid grid-cols-2 gap-3">
      {insights.certifications.length > 0 && (
        <Fact label={t("findings.certifications")}>
          <ul className="flex flex-wrap gap-1">
            {insights.certifications.map((found) => (
              <li key={found.name}>
                <Badge tone="accent" title={found.passage.quote}>
                  {found.name}
                </Badge>
              </li>
            ))}
          </ul>
        </Fact>
      )}
      {insights.languages.length > 0 && (
        <Fact label={t("findings.languages")}>
          {insights.languages.map((code) => languages.of(code) ?? code).join(", ")}
        </Fact>
      )}
      {insights.technologies.length > 0 && (
        <Fact label={t("findings.technologies")}>{insights.technologies.join(", ")}</Fact>
      )}
    </dl>
  );
}

const TOPICS = [
  "recurring_revenue",
  "manufacturing",
  "consulting",
  "wholesale",
  "e_commerce",
  "installation_and_service",
  "software",
  "transport",
  "public_sector",
  "consumers",
  "businesses",
  "export",
  "nordic",
  "family_owned",
  "part_of_group",
  "owner_led",
] as const;

function topicLabel(code: string, t: Translate): string {
  const known = TOPICS.find((topic) => topic === code);
  return known ? t(`findings.topic.${known}`) : code.replaceAll("_", " ");
}
