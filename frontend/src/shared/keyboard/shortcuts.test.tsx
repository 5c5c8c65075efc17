import { render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { setPreferences } from "@/shared/preferences/preferences";
import { handleKey, useShortcuts } from "./shortcuts";

const run = vi.fn();

function Page({ label = "shortcuts.search" as const }) {
  useShortcuts([
    { keys: "j", label, group: "shortcuts.group.table", run: () => run("j") },
    { keys: "mod+k", label, group: "shortcuts.group.everywhere", run: () => run("mod+k") },
    { keys: "g u", label, group: "shortcuts.group.everywhere", run: () => run("g u") },
    { keys: "?", label, group: "shortcuts.group.everywhere", run: () => run("?") },
  ]);
  return <input aria-label="field" />;
}

beforeEach(() => window.addEventListener("keydown", handleKey));
afterEach(() => {
  window.removeEventListener("keydown", handleKey);
  setPreferences({ shortcuts: true });
  run.mockClear();
});

it("runs single keys, modified keys and sequences", async () => {
  render(<Page />);
  const user = userEvent.setup();
  await user.keyboard("j");
  await user.keyboard("{Control>}k{/Control}");
  await user.keyboard("gu");
  await user.keyboard("?");
  expect(run.mock.calls.flat()).toEqual(["j", "mod+k", "g u", "?"]);
});

it("never runs a single key inside a field, but still runs modified keys", async () => {
  const { getByLabelText } = render(<Page />);
  const user = userEvent.setup();
  await user.click(getByLabelText("field"));
  await user.keyboard("j?gu");
  expect(run).not.toHaveBeenCalled();
  await user.keyboard("{Control>}k{/Control}");
  expect(run).toHaveBeenCalledWith("mod+k");
});

it("can be turned off", async () => {
  setPreferences({ shortcuts: false });
  render(<Page />);
  await userEvent.setup().keyboard("j");
  expect(run).not.toHaveBeenCalled();
});

it("forgets shortcuts of an unmounted page", async () => {
  const { unmount } = render(<Page />);
  unmount();
  await userEvent.setup().keyboard("j");
  expect(run).not.toHaveBeenCalled();
});
