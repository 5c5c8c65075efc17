import { useEffect, useState } from "react";
import { useI18n } from "@/shared/i18n/i18n";
import { cx } from "@/shared/ui/class-names";

type Part = { id: string; name: string };

/**
 * The parts of the page as a row of buttons that scroll to them. It reads them off the page (every section inside
 * `scroller` that has an id and a heading), so that a new part needs no entry anywhere.
 */
export function SectionNav({ scroller }: { scroller: string }) {
  const { t } = useI18n();
  const [parts, setParts] = useState<readonly Part[]>([]);
  const [current, setCurrent] = useState<string | null>(null);
  useEffect(() => {
    const frame = document.getElementById(scroller);
    if (!frame) return;
    const sections = () => [...frame.querySelectorAll<HTMLElement>("section[id][aria-labelledby]")];
    const read = () => {
      const found = sections().map((section) => ({
        id: section.id,
        name: section.querySelector("h2")?.textContent ?? section.id,
      }));
      setParts((before) => (JSON.stringify(before) === JSON.stringify(found) ? before : found));
    };
    const follow = () => {
      const top = frame.getBoundingClientRect().top + 80;
      const passed = sections().findLast((section) => section.getBoundingClientRect().top <= top);
      setCurrent(passed?.id ?? null);
    };
    read();
    follow();
    const watcher = new MutationObserver(read);
    watcher.observe(frame, { childList: true, subtree: true, characterData: true });
    frame.addEventListener("scroll", follow, { passive: true });
    return () => {
      watcher.disconnect();
      frame.removeEventListener("scroll", follow);
    };
  }, [scroller]);
  if (parts.length < 2) return null;
  return (
    <nav
      aria-label={t("company.parts")}
      className="relative flex h-9 shrink-0 items-center gap-0.5 overflow-x-auto border-line border-b bg-surface px-3 max-sm:px-2"
    >
      {parts.map((part) => (
        <button
          key={part.id}
          type="button"
          aria-current={part.id === current ? "true" : undefined}
          onClick={() =>
            document.getElementById(part.id)?.scrollIntoView({ block: "start", behavior: "smooth" })
          }
          className={cx(
            "h-6 shrink-0 rounded-md px-2 text-xs hover:bg-hover hover:text-ink",
            part.id === current ? "bg-selected font-medium text-ink" : "text-ink-2",
          )}
        >
          {part.name}
        </button>
      ))}
    </nav>
  );
}
