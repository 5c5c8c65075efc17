import type { MessageKey } from "@/shared/i18n/en";

const NAMES: Record<string, MessageKey> = {
  analyse_company: "jobs.kind.analyse_company",
  analyse_company_with_model: "jobs.kind.analyse_company_with_model",
  check_index: "jobs.kind.check_index",
  check_screens: "jobs.kind.check_screens",
  compact_counts: "jobs.kind.compact_counts",
  delete_expired_exports: "jobs.kind.delete_expired_exports",
  delete_finished_jobs: "jobs.kind.delete_finished_jobs",
  enrich_company: "jobs.kind.enrich_company",
  export_companies: "jobs.kind.export_companies",
  import_files: "jobs.kind.import_files",
  probe_models: "jobs.kind.probe_models",
  read_filings_again: "jobs.kind.read_filings_again",
  refresh_staleness: "jobs.kind.refresh_staleness",
  run_probe: "jobs.kind.run_probe",
  send_digests: "jobs.kind.send_digests",
  send_messages: "jobs.kind.send_messages",
  settle_runs: "jobs.kind.settle_runs",
  trim_change_feed: "jobs.kind.trim_change_feed",
};

/** What a job of this kind does, in words; a kind that this version does not know keeps its own name. */
export function kindName(kind: string, t: (key: MessageKey) => string): string {
  const key = NAMES[kind];
  return key ? t(key) : kind;
}
