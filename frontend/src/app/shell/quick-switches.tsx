import { Monitor, Moon, Sun } from "lucide-react";
import { useI18n } from "@/shared/i18n/i18n";
import {
  LOCALES,
  MONEY_UNITS,
  setPreferences,
  THEMES,
  usePreferences,
} from "@/shared/preferences/preferences";
import { Segmented } from "@/shared/ui/segmented";

/** kr, tkr or mkr, for every table and chart. */
export function UnitSwitch() {
  const { t } = useI18n();
  const { unit } = usePreferences();
  return (
    <div className="flex items-center justify-between">
      <span className="text-ink-3 text-xs">{t("settings.unit")}</span>
      <Segmented
        size="sm"
        label={t("settings.unit")}
        value={unit}
        onChange={(next) => setPreferences({ unit: next })}
        options={MONEY_UNITS.map((value) => ({ value, label: value, title: t(`unit.${value}`) }))}
      />
    </div>
  );
}

export function LanguageSwitch() {
  const { t } = useI18n();
  const { locale } = usePreferences();
  return (
    <Segmented
      size="sm"
      label={t("settings.language")}
      value={locale}
      onChange={(next) => setPreferences({ locale: next })}
      options={LOCALES.map((value) => ({ value, label: value.toUpperCase(), title: t(`language.${value}`) }))}
    />
  );
}

const THEME_ICONS = { system: Monitor, light: Sun, dark: Moon };

export function ThemeSwitch() {
  const { t } = useI18n();
  const { theme } = usePreferences();
  return (
    <Segmented
      size="sm"
      label={t("settings.theme")}
      value={theme}
      onChange={(next) => setPreferences({ theme: next })}
      options={THEMES.map((value) => {
        const Icon = THEME_ICONS[value];
        return {
          value,
          title: t(`theme.${value}`),
          label: (
            <>
              <Icon size={12} aria-hidden />
              <span className="sr-only">{t(`theme.${value}`)}</span>
            </>
          ),
        };
      })}
    />
  );
}
