import { FileUp } from "lucide-react";
import type { ReactNode } from "react";
import { useI18n } from "@/shared/i18n/i18n";

/**
 * A button that opens the file chooser, with the names of what was chosen beside it. The browser's own would speak the
 * language of the browser instead of the reader's, and look like nothing else here.
 */
export function FileField({
  id,
  label,
  files,
  onFiles,
  accept,
  multiple = false,
  hint,
}: {
  id: string;
  /** What the files are; a screen reader's name of the field. */
  label: string;
  files: readonly File[];
  onFiles: (files: File[]) => void;
  accept?: string;
  multiple?: boolean;
  /** Said while nothing is chosen. */
  hint?: ReactNode;
}) {
  const { t } = useI18n();
  const [first, ...more] = files;
  return (
    <span className="relative flex min-w-0 items-center gap-2">
      <input
        id={id}
        type="file"
        aria-label={label}
        multiple={multiple}
        accept={accept}
        className="peer sr-only"
        onChange={(event) => onFiles([...(event.target.files ?? [])])}
      />
      <label
        htmlFor={id}
        className="inline-flex h-7 shrink-0 cursor-pointer items-center gap-1.5 rounded-md border border-line-strong bg-surface px-2.5 font-medium hover:bg-hover peer-focus-visible:outline-2 peer-focus-visible:outline-accent peer-focus-visible:outline-offset-1"
      >
        <FileUp size={14} aria-hidden /> {t(multiple ? "file.chooseSome" : "file.choose")}
      </label>
      {first ? (
        <span className="min-w-0 truncate" title={files.map((file) => file.name).join("\n")}>
          {first.name}
          {more.length > 0 && <span className="text-ink-2"> +{more.length}</span>}
        </span>
      ) : (
        <span className="min-w-0 text-ink-2 text-xs">{hint ?? t("file.none")}</span>
      )}
    </span>
  );
}
