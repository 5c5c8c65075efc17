import type { Translate } from "@/shared/i18n/i18n";
import type { Job } from "./queries";

/** What a job is about as a person knows it: the file of an import or an export, a run. Null for jobs about nothing in particular. */
export function subjectName(
  { subject, result }: Pick<Job, "subject" | "result">,
  t: Translate,
): string | null {
  if (!subject) return null;
  const at = subject.indexOf(":");
  const [kind, name] = [subject.slice(0, at), subject.slice(at + 1)];
  if (kind === "upload") return name;
  if (kind === "export") {
    const written = (result ?? {}) as { file?: unknown };
    return typeof written.file === "string" ? written.file : t("jobs.about.export");
  }
  if (kind === "run") return t("jobs.about.run");
  return subject;
}
