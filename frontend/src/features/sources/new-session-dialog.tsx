import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useId, useState } from "react";
import type { MessageKey } from "@/shared/i18n/en";
import { useI18n } from "@/shared/i18n/i18n";
import { Button } from "@/shared/ui/button";
import { Dialog } from "@/shared/ui/dialog";
import { SelectField, TextField } from "@/shared/ui/field";
import { ErrorState, LoadingBlock } from "@/shared/ui/states";
import { type NewSession, sourcesQuery, useCreateSession } from "./scraper-queries";
import { useSourceLabel } from "./session-labels";

const HINTS: Record<string, MessageKey> = {
  bolagsverket_api: "scraper.hint.bolagsverket_api",
  bulk_files: "scraper.hint.bulk_files",
  annual_reports: "scraper.hint.annual_reports",
  websites: "scraper.hint.websites",
};

const AREA =
  "min-h-28 w-full rounded-md border border-field bg-surface p-2 font-mono text-ink text-xs placeholder:text-ink-3";

/** Asks for a source and what to fetch, and starts a session. */
export function NewSessionDialog({ url, onClose }: { url: string; onClose: () => void }) {
  const { t } = useI18n();
  const sources = useQuery(sourcesQuery(url));
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t("scraper.new")}
      description={t("scraper.newText")}
    >
      {sources.isPending ? (
        <LoadingBlock lines={4} className="p-0" />
      ) : sources.isError ? (
        <ErrorState compact error={sources.error} onRetry={() => void sources.refetch()} />
      ) : (
        <Form url={url} sources={sources.data.items} onClose={onClose} />
      )}
    </Dialog>
  );
}

type Source = { name: string; is_ready: boolean; missing?: string | null };

function Form({ url, sources, onClose }: { url: string; sources: readonly Source[]; onClose: () => void }) {
  const { t } = useI18n();
  const word = useSourceLabel();
  const navigate = useNavigate();
  const ids = useId();
  const create = useCreateSession(url);
  const [source, setSource] = useState(() => (sources.find((one) => one.is_ready) ?? sources[0])?.name ?? "");
  const [text, setText] = useState("");
  const [withReports, setWithReports] = useState(true);
  const [files, setFiles] = useState<readonly string[]>(["bolagsverket", "scb"]);
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");
  const chosen = sources.find((one) => one.name === source);
  const hint = HINTS[source];

  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate(body(source, { text, withReports, files, from, to }), {
      onSuccess: (session) => {
        onClose();
        void navigate({ to: "/sources/sessions/$id", params: { id: session.id } });
      },
    });
  };

  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <div className="flex flex-col gap-1">
        <label htmlFor={`${ids}-source`} className="eyebrow">
          {t("sources.source")}
        </label>
        <SelectField id={`${ids}-source`} value={source} onChange={(event) => setSource(event.target.value)}>
          {sources.map((one) => (
            <option key={one.name} value={one.name}>
              {word(one.name)}
            </option>
          ))}
        </SelectField>
        {hint && <p className="text-ink-2 text-xs">{t(hint)}</p>}
      </div>
      {chosen && !chosen.is_ready && (
        <p role="status" className="rounded-md bg-warn-soft px-3 py-2 text-sm text-warn">
          {t("scraper.notReady")} {chosen.missing}
        </p>
      )}
      {(source === "bolagsverket_api" || source === "websites") && (
        <div className="flex flex-col gap-1">
          <label htmlFor={`${ids}-text`} className="eyebrow">
            {t(source === "websites" ? "scraper.sites" : "scraper.orgnrs")}
          </label>
          <textarea
            id={`${ids}-text`}
            className={AREA}
            value={text}
            required
            spellCheck={false}
            placeholder={source === "websites" ? "556016-0680 https://www.example.se" : "556016-0680"}
            onChange={(event) => setText(event.target.value)}
          />
        </div>
      )}
      {source === "bolagsverket_api" && (
        <label className="flex items-center gap-2">
          <input
            type="checkbox"
            checked={withReports}
            onChange={(event) => setWithReports(event.target.checked)}
          />
          {t("scraper.withReports")}
        </label>
      )}
      {source === "bulk_files" && (
        <fieldset className="flex flex-col gap-1.5">
          <legend className="eyebrow mb-1">{t("sources.files")}</legend>
          {(["bolagsverket", "scb"] as const).map((file) => (
            <label key={file} className="flex items-center gap-2">
              <input
                type="checkbox"
                checked={files.includes(file)}
                onChange={(event) =>
                  setFiles(event.target.checked ? [...files, file] : files.filter((one) => one !== file))
                }
              />
              {t(file === "scb" ? "scraper.file.scb" : "scraper.file.bolagsverket")}
            </label>
          ))}
        </fieldset>
      )}
      {source === "annual_reports" && (
        <div className="flex flex-wrap gap-3">
          {(
            [
              ["from", "scraper.fromWeek", from, setFrom],
              ["to", "scraper.toWeek", to, setTo],
            ] as const
          ).map(([name, label, value, set]) => (
            <div key={name} className="flex flex-col gap-1">
              <label htmlFor={`${ids}-${name}`} className="eyebrow">
                {t(label)}
              </label>
              <TextField
                id={`${ids}-${name}`}
                className="w-32"
                value={value}
                required
                pattern="\d{4}-\d{1,2}"
                placeholder="2024-07"
                onChange={(event) => set(event.target.value)}
              />
            </div>
          ))}
        </div>
      )}
      {create.isError && <ErrorState compact error={create.error} />}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{t("action.cancel")}</Button>
        <Button
          type="submit"
          look="primary"
          disabled={create.isPending || !chosen?.is_ready || (source === "bulk_files" && files.length === 0)}
        >
          {t("scraper.start")}
        </Button>
      </div>
    </form>
  );
}

type Fields = { text: string; withReports: boolean; files: readonly string[]; from: string; to: string };

/** What is sent; the server judges it and names the entry that is wrong. */
export function body(source: string, fields: Fields): NewSession {
  const lines = fields.text.split("\n").map((line) => line.trim());
  const words = fields.text.split(/[\s,;]+/).filter((word) => word !== "");
  switch (source) {
    case "bolagsverket_api":
      return { source, start: true, options: { orgnrs: words, documents: fields.withReports } };
    case "websites":
      return {
        source,
        start: true,
        options: {
          sites: lines
            .filter((line) => line !== "")
            .map((line) => {
              const [orgnr = "", address = ""] = line.split(/[\s,;]+/);
              return { orgnr, url: /^https?:\/\//i.test(address) ? address : `https://${address}` };
            }),
        },
      };
    case "bulk_files":
      return { source, start: true, options: { files: [...fields.files] } };
    default:
      return { source, start: true, options: { from_week: fields.from, to_week: fields.to } };
  }
}
