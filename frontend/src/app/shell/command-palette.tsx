import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Building2, CornerDownLeft, Search } from "lucide-react";
import { Dialog } from "radix-ui";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { useMay } from "@/shared/auth/me";
import { useCatalogue } from "@/shared/catalogue/fields";
import { companySearchQuery } from "@/shared/company/company-picker";
import { RowMarks, useProspectMap } from "@/shared/company/work-marks";
import { codeLabel } from "@/shared/format/field-value";
import { formatOrgnr, parseOrgnr } from "@/shared/format/orgnr";
import { useI18n } from "@/shared/i18n/i18n";
import { MONEY_UNITS, setPreferences, THEMES } from "@/shared/preferences/preferences";
import { Kbd } from "@/shared/ui/button";
import { cx } from "@/shared/ui/class-names";
import { useDelayed } from "@/shared/ui/use-delayed";

type Choice = {
  id: string;
  group: string;
  label: ReactNode;
  search: string;
  hint?: ReactNode;
  run: () => void;
};

/** One box that finds companies by name or number, pages and settings; opened by `/` or Ctrl/Cmd-K. */
export default function CommandPalette({ onClose, onHelp }: { onClose: () => void; onHelp: () => void }) {
  const { t, locale } = useI18n();
  const navigate = useNavigate();
  const mayExport = useMay("export");
  const [text, setText] = useState("");
  const [active, setActive] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const q = useDelayed(text.trim(), 120);

  const companies = useQuery(companySearchQuery(q));
  const { fields } = useCatalogue();
  const prospects = useProspectMap();

  const go = (run: () => void) => () => {
    onClose();
    run();
  };
  const openCompany = (orgnr: string) =>
    void navigate({ to: "/company/$orgnr", params: { orgnr }, search: {} });

  const commands: Choice[] = [
    {
      id: "home",
      group: t("palette.pages"),
      label: t("nav.home"),
      search: t("nav.home"),
      run: () => void navigate({ to: "/" }),
    },
    {
      id: "universe",
      group: t("palette.pages"),
      label: t("nav.universe"),
      search: t("nav.universe"),
      run: () => void navigate({ to: "/universe" }),
    },
    {
      id: "lists",
      group: t("palette.pages"),
      label: t("nav.lists"),
      search: t("nav.lists"),
      run: () => void navigate({ to: "/lists", search: {} }),
    },
    {
      id: "prospects",
      group: t("palette.pages"),
      label: t("nav.prospects"),
      search: t("nav.prospects"),
      run: () => void navigate({ to: "/prospects" }),
    },
    {
      id: "runs",
      group: t("palette.pages"),
      label: t("runs.nav"),
      search: t("runs.nav"),
      run: () => void navigate({ to: "/ai/runs" }),
    },
    {
      id: "templates",
      group: t("palette.pages"),
      label: t("templates.title"),
      search: t("templates.title"),
      run: () => void navigate({ to: "/ai/templates" }),
    },
    {
      id: "sources",
      group: t("palette.pages"),
      label: t("nav.sources"),
      search: t("nav.sources"),
      run: () => void navigate({ to: "/sources" }),
    },
    ...(mayExport
      ? [
          {
            id: "exports",
            group: t("palette.pages"),
            label: t("nav.exports"),
            search: t("nav.exports"),
            run: () => void navigate({ to: "/exports" }),
          },
        ]
      : []),
    {
      id: "settings",
      group: t("palette.pages"),
      label: t("nav.settings"),
      search: t("nav.settings"),
      run: () => void navigate({ to: "/settings" }),
    },
    ...THEMES.map((theme) => ({
      id: `theme-${theme}`,
      group: t("palette.actions"),
      label: `${t("settings.theme")}: ${t(`theme.${theme}`)}`,
      search: `${t("settings.theme")} ${t(`theme.${theme}`)}`,
      run: () => setPreferences({ theme }),
    })),
    ...MONEY_UNITS.map((unit) => ({
      id: `unit-${unit}`,
      group: t("palette.actions"),
      label: `${t("settings.unit")}: ${unit}`,
      search: `${t("settings.unit")} ${unit}`,
      run: () => setPreferences({ unit }),
    })),
    {
      id: "language",
      group: t("palette.actions"),
      label: locale === "sv" ? "Switch to English" : "Byt till svenska",
      search: "language språk english svenska",
      run: () => setPreferences({ locale: locale === "sv" ? "en" : "sv" }),
    },
    {
      id: "help",
      group: t("palette.actions"),
      label: t("shortcuts.help"),
      search: t("shortcuts.help"),
      run: onHelp,
    },
  ];

  const municipality = fields.get("municipality");
  const placeOf = (code: string | null | undefined) =>
    code && municipality ? codeLabel(municipality, code, locale) : null;
  const needle = text.trim().toLocaleLowerCase(locale);
  const orgnr = parseOrgnr(text);
  const found = q.length >= 2 ? (companies.data?.items ?? []) : [];
  const choices: Choice[] = [
    ...found.map((company) => ({
      id: `company-${company.orgnr}`,
      group: t("palette.companies"),
      label: (
        <>
          <span className="truncate">{company.name ?? formatOrgnr(company.orgnr)}</span>{" "}
          <RowMarks prospect={prospects.get(company.orgnr)} />
        </>
      ),
      search: "",
      hint: [formatOrgnr(company.orgnr), placeOf(company.municipality)].filter(Boolean).join(" · "),
      run: () => openCompany(company.orgnr),
    })),
    ...(orgnr && !found.some((company) => company.orgnr === orgnr)
      ? [
          {
            id: "orgnr",
            group: t("palette.companies"),
            label: formatOrgnr(orgnr),
            search: "",
            hint: t("palette.openNumber"),
            run: () => openCompany(orgnr),
          },
        ]
      : []),
    ...(needle.length >= 2
      ? [
          {
            id: "screen",
            group: t("palette.companies"),
            label: t("palette.searchUniverse", { text: text.trim() }),
            search: "",
            run: () => void navigate({ to: "/universe", search: { q: text.trim() } }),
          },
        ]
      : []),
    ...commands.filter(
      (command) => needle === "" || command.search.toLocaleLowerCase(locale).includes(needle),
    ),
  ];
  const current = Math.min(active, Math.max(0, choices.length - 1));

  useEffect(() => {
    list.current?.querySelector(`[data-index="${current}"]`)?.scrollIntoView({ block: "nearest" });
  }, [current]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" || (event.key === "n" && event.ctrlKey)) {
      event.preventDefault();
      setActive((current + 1) % Math.max(1, choices.length));
    } else if (event.key === "ArrowUp" || (event.key === "p" && event.ctrlKey)) {
      event.preventDefault();
      setActive((current - 1 + choices.length) % Math.max(1, choices.length));
    } else if (event.key === "Enter") {
      event.preventDefault();
      const choice = choices[current];
      if (choice) go(choice.run)();
    }
  };

  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-[oklch(0.2_0.02_230/0.32)]" />
        <Dialog.Content
          data-modal="true"
          aria-describedby={undefined}
          className="popover-in fixed top-[14vh] left-1/2 z-50 flex max-h-[62vh] w-[min(38rem,calc(100vw-1.5rem))] -translate-x-1/2 flex-col overflow-hidden rounded-lg bg-raised shadow-popover"
        >
          <Dialog.Title className="sr-only">{t("palette.title")}</Dialog.Title>
          <div className="flex items-center gap-2.5 border-line border-b px-3.5">
            <Search size={16} aria-hidden className="text-ink-3" />
            <input
              // biome-ignore lint/a11y/noAutofocus: the palette was opened in order to type in it.
              autoFocus
              role="combobox"
              aria-expanded="true"
              aria-controls={`${id}-list`}
              aria-activedescendant={choices.length > 0 ? `${id}-${current}` : undefined}
              aria-label={t("palette.title")}
              placeholder={t("palette.placeholder")}
              value={text}
              onChange={(event) => {
                setText(event.target.value);
                setActive(0);
              }}
              onKeyDown={onKeyDown}
              className="h-11 flex-1 bg-transparent text-base outline-none placeholder:text-ink-3"
            />
            <Kbd>Esc</Kbd>
          </div>
          <div
            ref={list}
            id={`${id}-list`}
            role="listbox"
            aria-label={t("palette.title")}
            className="overflow-y-auto p-1.5"
            tabIndex={-1}
          >
            {choices.map((choice, index) => (
              <div key={choice.id}>
                {choice.group !== choices[index - 1]?.group && (
                  <div role="presentation" className="eyebrow px-2 pt-2 pb-1">
                    {choice.group}
                  </div>
                )}
                {/* biome-ignore lint/a11y/useKeyWithClickEvents: the box above holds the focus and handles the keys. */}
                <div
                  id={`${id}-${index}`}
                  data-index={index}
                  role="option"
                  tabIndex={-1}
                  aria-selected={index === current}
                  onMouseMove={() => setActive(index)}
                  onClick={go(choice.run)}
                  className={cx(
                    "flex h-8 items-center gap-2.5 rounded-md px-2",
                    index === current && "bg-selected",
                  )}
                >
                  {choice.id.startsWith("company-") && (
                    <Building2 size={14} aria-hidden className="shrink-0 text-ink-3" />
                  )}
                  <span className="flex min-w-0 items-center gap-1.5">{choice.label}</span>
                  {choice.hint && (
                    <span className="tabular ml-auto max-w-[45%] shrink-0 truncate text-ink-2 text-xs">
                      {choice.hint}
                    </span>
                  )}
                  {index === current && (
                    <CornerDownLeft
                      size={13}
                      aria-hidden
                      className={cx("shrink-0 text-ink-3", !choice.hint && "ml-auto")}
                    />
                  )}
                </div>
              </div>
            ))}
            {choices.length === 0 && (
              <p className="px-2 py-6 text-center text-ink-2">{t("palette.nothing")}</p>
            )}
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
