import { useI18n } from "@/shared/i18n/i18n";
import { readScore, ScoreField } from "./score-field";
import type { Stages } from "./start-run";

/** The stages of a run, as they are typed. */
export type StagesFieldsValue = { isStaged: boolean; points: string; research: boolean; report: boolean };

export const NO_STAGES: StagesFieldsValue = { isStaged: false, points: "", research: true, report: false };

/** The stages as typed: null where the analysis is the one stage. */
export function stagesOf({ isStaged, points, research, report }: StagesFieldsValue): Stages | null {
  if (!isStaged) return null;
  return { minPoints: readScore(points), research, report };
}

/** Whether a run looks at all companies by rules first, and what it does with those that go on. */
export function StagesFields({
  value,
  onChange,
}: {
  value: StagesFieldsValue;
  onChange: (value: StagesFieldsValue) => void;
}) {
  const { t } = useI18n();
  const isWrong = Number.isNaN(stagesOf(value)?.minPoints ?? 0);
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="eyebrow mb-1">{t("ai.stages")}</legend>
      <label className="flex items-center gap-2">
        <input
          type="checkbox"
          checked={value.isStaged}
          onChange={(event) => onChange({ ...value, isStaged: event.target.checked })}
        />
        {t("ai.stages.use")}
      </label>
      {value.isStaged && (
        <div className="ml-6 flex flex-col gap-1.5 text-sm">
          <ScoreField
            label={t("ai.stages.points")}
            value={value.points}
            isWrong={isWrong}
            onChange={(points) => onChange({ ...value, points })}
          />
          {(["research", "report"] as const).map((stage) => (
            <label key={stage} className="flex items-center gap-2">
              <input
                type="checkbox"
                checked={value[stage]}
                onChange={(event) => onChange({ ...value, [stage]: event.target.checked })}
              />
              {t(`ai.stages.${stage}`)}
            </label>
          ))}
        </div>
      )}
      <p className="text-ink-2 text-xs">{t("ai.stages.help")}</p>
    </fieldset>
  );
}
