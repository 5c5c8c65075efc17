/**
 * Puts a text on the clipboard. Browsers hide the clipboard from pages that come without TLS, as from a server in the organisation's own
 * network; there the older command copies what is selected. Rejects when the browser allows neither.
 */
export async function copyText(text: string): Promise<void> {
  if ("clipboard" in navigator) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const before = document.activeElement;
  const field = document.createElement("textarea");
  field.value = text;
  field.readOnly = true;
  field.style.position = "fixed";
  field.style.opacity = "0";
  // A dialog takes the focus back from everything outside it.
  (before?.closest("[role=dialog]") ?? document.body).append(field);
  field.focus();
  field.select();
  const isDone = document.execCommand("copy");
  field.remove();
  if (before instanceof HTMLElement) before.focus();
  if (!isDone) throw new Error("the browser does not let this page copy");
}
