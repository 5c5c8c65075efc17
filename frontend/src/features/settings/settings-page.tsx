import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { api, unwrap } from "@/shared/api/client";
import { apiUrl } from "@/shared/api/fetch";
import { useI18n } from "@/shared/i18n/i18n";
import {
  DENSITIES,
  LOCALES,
  MONEY_UNITS,
  setPreferences,
  THEMES,
  usePreferences,
} from "@/shared/preferences/preferences";
import { Fact, PageBar, Section } from "@/shared/ui/section";
import { Segmented } from "@/shared/ui/segmented";
import { ErrorState, LoadingBlock } from "@/shared/ui/states";
import { AccountSection } from "./account-section";
import { MyDataSection } from "./my-data-section";
import { ProvidersSection } from "./providers-section";
import { SecondFactorSection } from "./second-factor-section";
import { SessionsSection } from "./sessions-section";
import { TokensSection } from "./tokens-section";

/** Language, units, theme, density and keyboard of this browser, and which server it talks to. */
export function SettingsPage() {
  const { t } = useI18n();
  const preferences = usePreferences();
  const status = useQuery({
    queryKey: ["status"],
    queryFn: ({ signal }) => unwrap(api.GET("/api/status", { signal })),
  });
  return (
    <>
      <PageBar title={t("settings.title")}>
        <span className="text-ink-3 text-xs">{t("settings.intro")}</span>
      </PageBar>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-3xl flex-col gap-4 p-4 max-sm:p-3">
          <AccountSection />
          <SecondFactorSection />
          <ProvidersSection />
          <SessionsSection />
          <TokensSection />
          <MyDataSection />
          <Section title={t("settings.appearance")} flush>
            <Row label={t("settings.language")} note={t("settings.languageNote")}>
              <Segmented
                label={t("settings.language")}
                value={preferences.locale}
                onChange={(locale) => setPreferences({ locale })}
                options={LOCALES.map((value) => ({ value, label: t(`language.${value}`) }))}
              />
            </Row>
            <Row label={t("settings.unit")} note={t("settings.unitNote")}>
              <Segmented
                label={t("settings.unit")}
                value={preferences.unit}
                onChange={(unit) => setPreferences({ unit })}
                options={MONEY_UNITS.map((value) => ({ value, label: value, title: t(`unit.${value}`) }))}
              />
            </Row>
            <Row label={t("settings.theme")} note={t("settings.themeNote")}>
              <Segmented
                label={t("settings.theme")}
                value={preferences.theme}
                onChange={(theme) => setPreferences({ theme })}
                options={THEMES.map((value) => ({ value, label: t(`theme.${value}`) }))}
              />
            </Row>
            <Row label={t("settings.density")} note={t("settings.densityNote")}>
              <Segmented
                label={t("settings.density")}
                value={preferences.density}
                onChange={(density) => setPreferences({ density })}
                options={DENSITIES.map((value) => ({ value, label: t(`density.${value}`) }))}
              />
            </Row>
          </Section>
          <Section title={t("settings.input")} flush>
            <Row label={t("settings.shortcuts")} note={t("settings.shortcutsNote")}>
              <Segmented
                label={t("settings.shortcuts")}
                value={preferences.shortcuts ? "on" : "off"}
                onChange={(next) => setPreferences({ shortcuts: next === "on" })}
                options={[
                  { value: "on", label: t("settings.shortcutsOn") },
                  { value: "off", label: t("settings.shortcutsOff") },
                ]}
              />
            </Row>
          </Section>
          <Section title={t("settings.server")}>
            {status.isPending ? (
              <LoadingBlock lines={2} className="p-0" />
            ) : status.isError ? (
              <ErrorState compact error={status.error} onRetry={() => void status.refetch()} />
            ) : (
              <dl className="grid grid-cols-2 gap-4 sm:grid-cols-3">
                <Fact label={t("settings.version")}>{status.data.version}</Fact>
                <Fact label={t("settings.database")}>
                  {t(status.data.db_ok ? "status.ok" : "status.degraded")}
                </Fact>
                <Fact label={t("settings.apiDocs")}>
                  <a className="text-accent underline underline-offset-2" href={apiUrl("/api/docs")}>
                    /api/docs
                  </a>
                </Fact>
              </dl>
            )}
          </Section>
        </div>
      </div>
    </>
  );
}

function Row({ label, note, children }: { label: string; note: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-line border-b px-3.5 py-3 last:border-0">
      <div className="min-w-52 flex-1">
        <p className="font-medium">{label}</p>
        <p className="text-ink-2 text-xs">{note}</p>
      </div>
      {children}
    </div>
  );
}
