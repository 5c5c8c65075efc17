import { useState } from "react";
import { copyText } from "./copy-text";
import { showFailure } from "./toast-store";

/** Copies a text, and says for a moment that it did; a failure becomes a message. */
export function useCopy(): [copied: boolean, copy: (text: string) => void] {
  const [copied, setCopied] = useState(false);
  const copy = async (text: string) => {
    try {
      await copyText(text);
    } catch (error) {
      showFailure("action.copyFailed", error);
      return;
    }
    setCopied(true);
    setTimeout(() => setCopied(false), 1600);
  };
  return [copied, (text) => void copy(text)];
}
