import type { ReactNode } from "react";
import { useI18n } from "@/shared/i18n/i18n";
import { LabelledField } from "@/shared/ui/field";
import { Segmented } from "@/shared/ui/segmented";

export type Scope = "private" | "team";

/** What something that is kept is called, and whether the team sees it; `children` is the button that keeps it. */
export function NameAndScope({
  name,
  scope,
  onName,
  onScope,
  children,
}: {
  name: string;
  scope: Scope;
  onName: (name: string) => void;
  onScope: (scope: Scope) => void;
  children: ReactNode;
}) {
  const { t } = useI18n();
  return (
    <>
      <LabelledField
        label={t("universe.views.name")}
        autoFocus
        maxLength={200}
        value={name}
        onChange={(event) => onName(event.target.value)}
      />
      <div className="flex items-center justify-between">
        <Segmented
          size="sm"
          label={t("universe.views.scope")}
          value={scope}
          onChange={onScope}
          options={[
            { value: "private", label: t("universe.views.private") },
            { value: "team", label: t("universe.views.team") },
          ]}
        />
        {children}
      </div>
    </>
  );
}
