import { act, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, expect, it, vi } from "vitest";
import { ApiError } from "@/shared/api/problem";
import { loadLocale } from "@/shared/i18n/i18n";
import { handleKey } from "@/shared/keyboard/shortcuts";
import { Toaster } from "./toast";
import { showFailure, showToast } from "./toast-store";

beforeAll(async () => {
  await loadLocale("en");
  window.addEventListener("keydown", handleKey);
});

it("takes back by button and by key, and says when that failed", async () => {
  const user = userEvent.setup();
  render(<Toaster />);
  const undo = vi.fn(async () => {});
  act(() => void showToast({ text: { key: "toast.undone" }, undo }));
  await user.click(screen.getByRole("button", { name: /Undo/ }));
  expect(undo).toHaveBeenCalledOnce();

  const refused = vi.fn(async () => {
    throw new ApiError({ status: 409, title: "Conflict", detail: "changed meanwhile" });
  });
  act(() => void showToast({ text: { key: "toast.undone" }, undo: refused }));
  await user.keyboard("z");
  expect(refused).toHaveBeenCalledOnce();
  expect((await screen.findByRole("alert")).textContent).toContain("changed meanwhile");
});

it("keeps an error until it is closed", async () => {
  const user = userEvent.setup();
  render(<Toaster />);
  act(() => void showFailure("toast.undoFailed", new Error("no network")));
  const alerts = await screen.findAllByRole("alert");
  expect(alerts.length).toBeGreaterThan(0);
  for (const button of screen.getAllByRole("button", { name: "Close" })) await user.click(button);
  expect(screen.queryByRole("alert")).toBeNull();
});
