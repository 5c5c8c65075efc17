import { expect, test } from "vitest";
import type { Translate } from "@/shared/i18n/i18n";
import { subjectName } from "./subject-name";

const t = ((key: string) => key) as Translate;

test("a_job_about_a_file_is_called_by_the_file", () => {
  expect(subjectName({ subject: "upload:bokslut: 2024.csv", result: null }, t)).toBe("bokslut: 2024.csv");
  const result = { file: "lode-screen-2026-12-01.xlsx" };
  expect(subjectName({ subject: "export:01a2", result }, t)).toBe("lode-screen-2026-12-01.xlsx");
});

test("an_export_that_is_not_written_yet_and_a_run_are_named_by_their_kind", () => {
  expect(subjectName({ subject: "export:01a2", result: null }, t)).toBe("jobs.about.export");
  expect(subjectName({ subject: "run:01a2", result: null }, t)).toBe("jobs.about.run");
  expect(subjectName({ subject: null, result: null }, t)).toBeNull();
  expect(subjectName({ subject: "other", result: null }, t)).toBe("other");
});
