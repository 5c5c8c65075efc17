import { afterEach, expect, test, vi } from "vitest";
import { copyText } from "./copy-text";

afterEach(() => {
  vi.unstubAllGlobals();
  Reflect.deleteProperty(document, "execCommand");
});

test("the clipboard is used where the browser shows it", async () => {
  const writeText = vi.fn(async () => {});
  vi.stubGlobal("navigator", { clipboard: { writeText } });
  await copyText("556012-5790");
  expect(writeText).toHaveBeenCalledWith("556012-5790");
});

test("without it the selected text is copied, and nothing is left behind", async () => {
  vi.stubGlobal("navigator", {});
  const selected: string[] = [];
  const button = document.createElement("button");
  document.body.append(button);
  button.focus();
  document.execCommand = () => {
    const field = document.activeElement as HTMLTextAreaElement;
    selected.push(field.value.slice(field.selectionStart, field.selectionEnd));
    return true;
  };
  await copyText("556012-5790");
  expect(selected).toEqual(["556012-5790"]);
  expect(document.querySelector("textarea")).toBeNull();
  expect(document.activeElement).toBe(button);
  document.execCommand = () => false;
  await expect(copyText("x")).rejects.toThrow("does not let");
});
