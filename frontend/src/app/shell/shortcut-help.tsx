import { useI18n } from "@/shared/i18n/i18n";
import { type ShortcutGroup, useRegisteredShortcuts } from "@/shared/keyboard/shortcuts";
import { Kbd } from "@/shared/ui/button";
import { Dialog } from "@/shared/ui/dialog";

const GROUPS: readonly ShortcutGroup[] = [
  "shortcuts.group.everywhere",
  "shortcuts.group.table",
  "shortcuts.group.board",
  "shortcuts.group.company",
  "shortcuts.group.selection",
];

const NAMES: Record<string, string> = {
  "mod+k": "Ctrl K",
  space: "␣",
  enter: "↵",
  escape: "Esc",
  arrowleft: "←",
  arrowright: "→",
};

/** What the keyboard can do on the page that is open now. */
export default function ShortcutHelp({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const shortcuts = useRegisteredShortcuts();
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("shortcuts.title")}
      description={t("shortcuts.note")}
    >
      <div className="gap-x-8 sm:columns-2">
        {GROUPS.map((group) => {
          const members = shortcuts.filter(
            (shortcut, index) =>
              shortcut.group === group &&
              shortcuts.findIndex((other) => other.keys === shortcut.keys) === index,
          );
          if (members.length === 0) return null;
          return (
            <section key={group} className="mb-4 break-inside-avoid">
              <h3 className="eyebrow mb-1.5">{t(group)}</h3>
              <dl className="flex flex-col">
                {members.map((shortcut) => (
                  <div
                    key={shortcut.keys}
                    className="flex items-center justify-between gap-4 border-line border-b py-1 last:border-0"
                  >
                    <dt>{t(shortcut.label)}</dt>
                    <dd className="flex gap-1">
                      {(NAMES[shortcut.keys] ?? shortcut.keys.replace("shift+", "⇧ "))
                        .split(" ")
                        .map((key) => (
                          <Kbd key={key}>{NAMES[key] ?? key}</Kbd>
                        ))}
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          );
        })}
      </div>
    </Dialog>
  );
}
