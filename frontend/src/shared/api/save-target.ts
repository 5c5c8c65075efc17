/** A place on the disk that the person chose. */
export type SaveTarget = { name: string; createWritable: () => Promise<WritableStream<Uint8Array>> };
type SavePicker = (options: { suggestedName: string }) => Promise<SaveTarget>;

/**
 * Lets the person choose where a large file goes, so that it need not stand in memory: `none` where the browser cannot do that,
 * `closed` when the person closed the window that asks.
 */
export async function pickSaveTarget(suggestedName: string): Promise<SaveTarget | "none" | "closed"> {
  const picker = (window as { showSaveFilePicker?: SavePicker }).showSaveFilePicker;
  if (!picker) return "none";
  try {
    return await picker({ suggestedName });
  } catch {
    return "closed";
  }
}
