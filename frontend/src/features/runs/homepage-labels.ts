import { formatOrgnr } from "@/shared/format/orgnr";
import type { MessageKey } from "@/shared/i18n/en";
import type { Translate } from "@/shared/i18n/i18n";
import type { Findings } from "./run-queries";

type Candidate = NonNullable<Findings["homepage"]>["candidates"][number];

const OUTCOMES: Record<string, MessageKey> = {
  orgnr: "findings.outcome.orgnr",
  address: "findings.outcome.address",
  register: "findings.outcome.register",
  not_an_address: "findings.outcome.not_an_address",
  anothers_number: "findings.outcome.anothers_number",
  no_proof: "findings.outcome.no_proof",
  no_answer: "findings.outcome.no_answer",
  not_resolved: "findings.outcome.not_resolved",
  connection: "findings.outcome.connection",
  timed_out: "findings.outcome.timed_out",
  status: "findings.outcome.status",
  robots: "findings.outcome.robots",
  private_address: "findings.outcome.private_address",
  unreadable: "findings.outcome.unreadable",
  no_text: "findings.outcome.no_text",
  no_turn: "findings.outcome.no_turn",
  too_many_redirects: "findings.outcome.redirects",
  redirect_loop: "findings.outcome.redirects",
  bad_redirect: "findings.outcome.redirects",
  no_index: "findings.outcome.robots",
  scheme: "findings.outcome.not_an_address",
  port: "findings.outcome.not_an_address",
  credentials: "findings.outcome.not_an_address",
  no_host: "findings.outcome.not_an_address",
  too_large: "findings.outcome.unreadable",
  too_complex: "findings.outcome.unreadable",
  content_type: "findings.outcome.unreadable",
};

/** What came of an address that was tried, in words; an outcome that is not known here is shown as it was kept. */
export function outcomeLabel({ outcome, detail }: Candidate, t: Translate): string {
  const key = OUTCOMES[outcome];
  return key ? t(key, { number: formatOrgnr(detail ?? "") }) : outcome;
}
