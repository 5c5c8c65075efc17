import { useMutation, useQueryClient } from "@tanstack/react-query";
import { CircleAlert, CircleCheck, CircleHelp, FileUp, UserX } from "lucide-react";
import { type ReactNode, useRef, useState } from "react";
import { api, unwrap } from "@/shared/api/client";
import { formatCompactAmount } from "@/shared/format/number";
import { formatOrgnr } from "@/shared/format/orgnr";
import type { MessageKey } from "@/shared/i18n/en";
import { useI18n } from "@/shared/i18n/i18n";
import {
  type MatchedLine,
  type MatchReport,
  refreshLists,
  type SavedList,
  undoChange,
  useChangeListItems,
  useCreateList,
} from "@/shared/lists/queries";
import { Button } from "@/shared/ui/button";
import { cx } from "@/shared/ui/class-names";
import { Dialog } from "@/shared/ui/dialog";
import { LabelledField, SelectField } from "@/shared/ui/field";
import { Segmented } from "@/shared/ui/segmented";
import { ErrorState } from "@/shared/ui/states";
import { showToast } from "@/shared/ui/toast-store";

/** Bytes of a file that is read; a table of 20 000 companies is far smaller. */
const MOST_BYTES = 1_500_000;

const STATUS: Record<string, { key: MessageKey; icon: ReactNode }> = {
  found: { key: "match.found", icon: <CircleCheck size={14} aria-hidden className="text-good" /> },
  repeated: { key: "match.repeated", icon: <CircleCheck size={14} aria-hidden className="text-ink-3" /> },
  ambiguous: { key: "match.ambiguous", icon: <CircleHelp size={14} aria-hidden className="text-warn" /> },
  not_found: { key: "match.notFound", icon: <CircleAlert size={14} aria-hidden className="text-bad" /> },
  unreadable: { key: "match.unreadable", icon: <CircleAlert size={14} aria-hidden className="text-bad" /> },
  sole_trader: { key: "match.soleTrader", icon: <UserX size={14} aria-hidden className="text-ink-3" /> },
  heading: { key: "match.heading", icon: null },
};

type Shown = "all" | "open";

/** Text or a table with companies becomes a list, or goes into one, after every line was told what it means. */
export function PasteDialog({
  list,
  onClose,
  onCreated,
}: {
  /** Where the companies go; null for a new list. */
  list: SavedList | null;
  onClose: () => void;
  onCreated?: (list: SavedList) => void;
}) {
  const { t } = useI18n();
  const queries = useQueryClient();
  const [text, setText] = useState("");
  const [fileProblem, setFileProblem] = useState(false);
  const [chosen, setChosen] = useState<ReadonlyMap<number, string>>(new Map());
  const [name, setName] = useState("");
  const [scope, setScope] = useState<"private" | "team">("private");
  const file = useRef<HTMLInputElement>(null);
  const match = useMutation({
    mutationFn: () => unwrap(api.POST("/api/lists/match", { body: { text, list_id: list?.id } })),
  });
  const workbook = useMutation({
    mutationFn: (picked: File) =>
      unwrap(
        api.POST("/api/lists/match/workbook", {
          // The type generated for binary bodies is a list of numbers; the file itself is sent.
          body: picked as unknown as number[],
          bodySerializer: (body) => body as unknown as File,
          headers: { "content-type": "application/octet-stream" },
        }),
      ),
    onSuccess: (read) => setText(read.text),
  });
  const change = useChangeListItems();
  const create = useCreateList();
  const report = match.data ?? null;
  const orgnrs = report ? [...new Set([...report.orgnrs, ...chosen.values()])] : [];
  const error = workbook.error ?? match.error ?? change.error ?? create.error;

  const read = async (picked: File | undefined) => {
    if (!picked) return;
    setFileProblem(picked.size > MOST_BYTES);
    if (picked.size > MOST_BYTES) return;
    workbook.reset();
    const bytes = new Uint8Array(await picked.arrayBuffer());
    if (isWorkbook(bytes)) workbook.mutate(picked);
    else setText(decode(bytes));
  };
  const save = async () => {
    try {
      if (list) {
        const done = await change.mutateAsync({ id: list.id, orgnrs });
        const undo = done.change_id;
        showToast({
          text: { key: "lists.addedCount", values: { count: done.changed, list: list.name } },
          undo: undo ? () => undoChange(queries, undo) : undefined,
        });
      } else {
        const made = await create.mutateAsync({ name, scope, orgnrs });
        showToast({ text: { key: "lists.made", values: { list: made.name } } });
        onCreated?.(made as SavedList);
      }
    } catch {
      // The dialog shows what was refused.
      return;
    }
    await refreshLists(queries);
    onClose();
  };

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={list ? t("match.titleInto", { list: list.name }) : t("match.titleNew")}
      description={t("match.text")}
      className="top-[5vh] max-h-[90vh] w-[min(52rem,calc(100vw-1.5rem))]"
    >
      {report === null ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            match.mutate();
          }}
          onDragOver={(event) => event.preventDefault()}
          onDrop={(event) => {
            event.preventDefault();
            void read(event.dataTransfer.files[0]);
          }}
          className="flex flex-col gap-3"
        >
          <textarea
            autoFocus
            aria-label={t("match.paste")}
            placeholder={t("match.placeholder")}
            rows={12}
            spellCheck={false}
            value={text}
            onChange={(event) => setText(event.target.value)}
            className="w-full rounded-md border border-field bg-surface px-2.5 py-2 font-mono text-ink text-xs"
          />
          {fileProblem && (
            <p role="alert" className="text-bad text-sm">
              {t("match.fileTooLarge")}
            </p>
          )}
          {error && <ErrorState compact error={error} />}
          <div className="flex flex-wrap items-center gap-2">
            <input
              ref={file}
              type="file"
              accept=".xlsx,.csv,.tsv,.txt,text/csv,text/plain"
              tabIndex={-1}
              aria-hidden
              className="hidden"
              onChange={(event) => void read(event.target.files?.[0])}
            />
            <Button onClick={() => file.current?.click()} disabled={workbook.isPending}>
              <FileUp size={14} aria-hidden /> {t(workbook.isPending ? "match.reading" : "match.file")}
            </Button>
            <span className="text-ink-3 text-xs max-sm:hidden">{t("match.fileHint")}</span>
            <div className="ml-auto flex gap-2">
              <Button onClick={onClose}>{t("action.cancel")}</Button>
              <Button type="submit" look="primary" disabled={text.trim() === "" || match.isPending}>
                {t(match.isPending ? "match.checking" : "match.check")}
              </Button>
            </div>
          </div>
        </form>
      ) : (
        <div className="flex flex-col gap-3">
          <Report
            report={report}
            chosen={chosen}
            onChoose={(line, orgnr) => {
              const next = new Map(chosen);
              if (orgnr) next.set(line, orgnr);
              else next.delete(line);
              setChosen(next);
            }}
          />
          {!list && (
            <div className="flex flex-wrap items-end gap-3">
              <LabelledField
                label={t("lists.name")}
                autoFocus
                maxLength={200}
                value={name}
                onChange={(event) => setName(event.target.value)}
                className="min-w-48 flex-1"
              />
              <Segmented
                label={t("lists.readers")}
                value={scope}
                onChange={setScope}
                options={[
                  { value: "private", label: t("lists.private") },
                  { value: "team", label: t("lists.team") },
                ]}
              />
            </div>
          )}
          {error && <ErrorState compact error={error} />}
          <div className="flex flex-wrap justify-end gap-2">
            <Button
              onClick={() => {
                match.reset();
                setChosen(new Map());
              }}
            >
              {t("match.back")}
            </Button>
            <Button
              look="primary"
              disabled={
                orgnrs.length === 0 || change.isPending || create.isPending || (!list && name.trim() === "")
              }
              onClick={() => void save()}
            >
              {list ? t("match.add", { count: orgnrs.length }) : t("match.create", { count: orgnrs.length })}
            </Button>
          </div>
        </div>
      )}
    </Dialog>
  );
}

/** What each line means, those that need a decision first in sight. */
function Report({
  report,
  chosen,
  onChoose,
}: {
  report: MatchReport;
  chosen: ReadonlyMap<number, string>;
  onChoose: (line: number, orgnr: string | null) => void;
}) {
  const { t } = useI18n();
  const openCount = report.ambiguous + report.not_found + report.sole_traders;
  const [shown, setShown] = useState<Shown>(openCount > 0 ? "open" : "all");
  const lines = report.lines.filter(
    (line) => line.status !== "heading" && (shown === "all" || !["found", "repeated"].includes(line.status)),
  );
  const counts: [MessageKey, number][] = [
    ["match.count.found", report.found],
    ["match.count.onList", report.on_list],
    ["match.count.repeated", report.repeated],
    ["match.count.ambiguous", report.ambiguous],
    ["match.count.notFound", report.not_found],
    ["match.count.soleTraders", report.sole_traders],
  ];
  return (
    <>
      <div role="status" className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">
        {counts
          .filter(([key, count]) => count > 0 || key === "match.count.found")
          .map(([key, count]) => (
            <span key={key} className="tabular">
              {t(key, { count })}
            </span>
          ))}
        <span className="ml-auto">
          <Segmented
            size="sm"
            label={t("match.show")}
            value={shown}
            onChange={setShown}
            options={[
              { value: "open", label: t("match.showOpen", { count: openCount }) },
              { value: "all", label: t("match.showAll", { count: report.lines.length }) },
            ]}
          />
        </span>
      </div>
      {report.sole_traders > 0 && <p className="text-ink-2 text-xs">{t("match.soleTraderNote")}</p>}
      {lines.length === 0 ? (
        <p className="rounded-md bg-sunken px-3 py-3 text-ink-2">{t("match.nothingOpen")}</p>
      ) : (
        <section
          aria-label={t("match.report")}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
          tabIndex={0}
          className="relative max-h-[46vh] overflow-auto rounded-md border border-line"
        >
          <table className="w-full border-collapse text-sm">
            <thead className="sticky top-0 z-10 bg-sunken">
              <tr className="text-left text-ink-2 text-xs">
                <th scope="col" className="h-8 px-2.5 text-right font-medium">
                  {t("match.line")}
                </th>
                <th scope="col" className="px-2.5 font-medium">
                  {t("match.given")}
                </th>
                <th scope="col" className="px-2.5 font-medium">
                  {t("match.meaning")}
                </th>
              </tr>
            </thead>
            <tbody>
              {lines.slice(0, 500).map((line) => (
                <ReportRow key={line.line} line={line} chosen={chosen.get(line.line)} onChoose={onChoose} />
              ))}
            </tbody>
          </table>
          {lines.length > 500 && (
            <p className="px-3 py-2 text-ink-2 text-xs">{t("match.more", { count: lines.length - 500 })}</p>
          )}
        </section>
      )}
    </>
  );
}

function ReportRow({
  line,
  chosen,
  onChoose,
}: {
  line: MatchedLine;
  chosen: string | undefined;
  onChoose: (line: number, orgnr: string | null) => void;
}) {
  const { t, locale } = useI18n();
  const status = STATUS[line.status] ?? STATUS.not_found;
  const details = (company: { orgnr: string; municipality?: string | null; revenue?: number | null }) =>
    [
      formatOrgnr(company.orgnr),
      company.municipality,
      company.revenue == null ? null : formatCompactAmount(company.revenue, locale),
    ]
      .filter(Boolean)
      .join(" · ");
  return (
    <tr className="border-line/70 border-t align-top">
      <td className="tabular px-2.5 py-1.5 text-right text-ink-3">{line.line}</td>
      <td className="max-w-64 px-2.5 py-1.5">
        {/* A number stays in one piece; only long names break. */}
        <span className={cx(line.text.length <= 13 ? "whitespace-nowrap" : "line-clamp-2 break-words")}>
          {line.text}
        </span>
      </td>
      <td className="px-2.5 py-1.5">
        <span className="flex items-center gap-1.5">
          {status?.icon}
          <span className={cx(line.status === "found" && "sr-only")}>{status && t(status.key)}</span>
          {line.company && (
            <span className="min-w-0">
              <span className="font-medium">{line.company.name ?? formatOrgnr(line.company.orgnr)}</span>{" "}
              <span className="text-ink-2 text-xs">{details(line.company)}</span>
              {line.company.is_on_list && (
                <span className="text-ink-3 text-xs"> · {t("match.alreadyOn")}</span>
              )}
            </span>
          )}
        </span>
        {line.status === "not_found" && line.hint && (
          <span className="text-ink-2 text-xs">{t("match.checkDigit")}</span>
        )}
        {line.candidates.length > 0 && (
          <SelectField
            aria-label={t("match.choose", { text: line.text })}
            value={chosen ?? ""}
            onChange={(event) => onChoose(line.line, event.target.value || null)}
            className="mt-1 w-full max-w-md"
          >
            <option value="">{t(line.hint ? "match.resembles" : "match.several")}</option>
            {line.candidates.map((company) => (
              <option key={company.orgnr} value={company.orgnr}>
                {company.name ?? ""} · {details(company)}
              </option>
            ))}
          </SelectField>
        )}
      </td>
    </tr>
  );
}

/** Workbooks, old ones too, are read by the server, which says what is wrong with them. */
function isWorkbook(bytes: Uint8Array): boolean {
  const begins = (...magic: number[]) => magic.every((byte, index) => bytes[index] === byte);
  return begins(0x50, 0x4b, 3, 4) || begins(0xd0, 0xcf, 0x11, 0xe0);
}

/** A file's text: UTF-8, or else the code page that Swedish spreadsheet programs save in. */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
