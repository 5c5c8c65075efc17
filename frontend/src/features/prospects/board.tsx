import {
  type DragEvent,
  type KeyboardEvent,
  type Ref,
  useCallback,
  useEffect,
  useId,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
} from "react";
import { formatCompactAmount } from "@/shared/format/number";
import { useI18n } from "@/shared/i18n/i18n";
import type { Prospect, Stage } from "@/shared/prospects/queries";
import { stageName } from "@/shared/prospects/stage-labels";
import { Button } from "@/shared/ui/button";
import { cx } from "@/shared/ui/class-names";
import { Card } from "./card";

/** Cards of a column that are drawn before it is asked for more. */
const FIRST = 50;
const DRAG_TYPE = "text/lode-prospect";

type BoardProps = {
  stages: readonly Stage[];
  prospects: readonly Prospect[];
  mayEdit: boolean;
  selected: ReadonlySet<string>;
  active: string | undefined;
  onActive: (prospect: Prospect) => void;
  onOpen: (prospect: Prospect) => void;
  onMove: (prospects: readonly Prospect[], stage: Stage) => void;
  ref?: Ref<BoardHandle>;
};

/** Puts the focus on a card. */
export type BoardHandle = { focus: (id: string) => void };

/**
 * The pipeline as columns, each with one tab stop: arrow keys move between cards, Shift with left or right moves a card to the next
 * stage, and what happened is spoken. A card can be dragged too; selected cards move together.
 */
export function Board(props: BoardProps) {
  const { stages, prospects, selected, active, onActive, onOpen, onMove } = props;
  const { t } = useI18n();
  const help = useId();
  const frame = useRef<HTMLElement>(null);
  const [shown, setShown] = useState<Record<string, number>>({});
  const [spoken, setSpoken] = useState("");
  const wantsFocus = useRef<{ id: string; stage: string } | null>(null);

  const columns = useMemo(() => {
    const byStage = new Map<string, Prospect[]>(stages.map((stage) => [stage.key, []]));
    for (const prospect of prospects) byStage.get(prospect.stage)?.push(prospect);
    return stages.map((stage) => ({ stage, cards: byStage.get(stage.key) ?? [] }));
  }, [stages, prospects]);
  const firstId = columns.find((column) => column.cards.length > 0)?.cards[0]?.id;
  const isOnBoard = prospects.some((prospect) => prospect.id === active);
  const current = isOnBoard ? active : firstId;

  const focusCard = useCallback((id: string) => {
    frame.current?.querySelector<HTMLElement>(`[data-prospect="${id}"]`)?.focus();
  }, []);
  useImperativeHandle(props.ref, () => ({ focus: focusCard }), [focusCard]);
  // A card that was moved is drawn anew in its column; the focus follows it there.
  useEffect(() => {
    const wanted = wantsFocus.current;
    // The move is shown a moment after the key: until then the card still stands in its old column.
    if (!wanted || prospects.find(({ id }) => id === wanted.id)?.stage !== wanted.stage) return;
    focusCard(wanted.id);
    wantsFocus.current = null;
  });

  const onKeyDown = (event: KeyboardEvent, prospect: Prospect) => {
    const at = columns.findIndex((column) => column.stage.key === prospect.stage);
    const row = columns[at]?.cards.findIndex((card) => card.id === prospect.id) ?? 0;
    if (event.altKey || event.metaKey || event.ctrlKey || event.target !== event.currentTarget) return;
    const step = event.key === "ArrowLeft" ? -1 : event.key === "ArrowRight" ? 1 : 0;
    if (step !== 0 && event.shiftKey) {
      event.preventDefault();
      const target = columns[at + step]?.stage;
      if (!target || !props.mayEdit) return;
      wantsFocus.current = { id: prospect.id, stage: target.key };
      // A key is about the card in focus alone; selected cards move together by mouse or from their bar.
      onMove([prospect], target);
      if (target.outcome !== "passed") {
        setSpoken(
          t("prospects.spoken", {
            what: prospect.name ?? prospect.orgnr,
            stage: stageName(target.key, stages, t),
            place: at + step + 1,
            count: columns.length,
          }),
        );
      }
      return;
    }
    let next: Prospect | undefined;
    if (step !== 0) {
      for (let column = at + step; columns[column] && !next; column += step) {
        const cards = columns[column]?.cards ?? [];
        next = cards[Math.min(row, cards.length - 1)];
      }
    } else if (event.key === "ArrowDown") next = columns[at]?.cards[row + 1];
    else if (event.key === "ArrowUp") next = columns[at]?.cards[row - 1];
    else if (event.key === "Home") next = columns[at]?.cards[0];
    else if (event.key === "End") next = columns[at]?.cards.at(-1);
    else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      onOpen(prospect);
      return;
    } else return;
    event.preventDefault();
    if (next) {
      onActive(next);
      focusCard(next.id);
    }
  };
  const onDragStart = useCallback((event: DragEvent, prospect: Prospect) => {
    event.dataTransfer.setData(DRAG_TYPE, prospect.id);
    event.dataTransfer.effectAllowed = "move";
  }, []);
  const onDrop = (event: DragEvent, stage: Stage) => {
    const dragged = prospects.find((one) => one.id === event.dataTransfer.getData(DRAG_TYPE));
    if (!dragged) return;
    event.preventDefault();
    const moving = selected.has(dragged.id) ? prospects.filter((one) => selected.has(one.id)) : [dragged];
    onMove(moving, stage);
  };

  return (
    <section
      ref={frame}
      aria-label={t("prospects.board")}
      aria-describedby={help}
      className="relative flex min-h-0 flex-1 snap-x scroll-px-3 gap-2.5 overflow-x-auto p-3 max-sm:snap-mandatory"
    >
      <p id={help} className="sr-only">
        {t("prospects.boardHelp")}
      </p>
      <p aria-live="polite" className="sr-only">
        {spoken}
      </p>
      {columns.map(({ stage, cards }) => (
        <Column
          key={stage.key}
          stage={stage}
          stages={stages}
          // The card that keys are about is drawn wherever it stands.
          cards={cards.slice(
            0,
            Math.max(shown[stage.key] ?? FIRST, cards.findIndex((card) => card.id === current) + 1),
          )}
          all={cards}
          onMore={() => setShown({ ...shown, [stage.key]: (shown[stage.key] ?? FIRST) + FIRST })}
          onDrop={props.mayEdit ? onDrop : undefined}
          draw={(prospect) => (
            <Card
              key={prospect.id}
              prospect={prospect}
              isOpen={stage.outcome === "open"}
              isActive={prospect.id === (cards.some((card) => card.id === current) ? current : cards[0]?.id)}
              isCurrent={prospect.id === current}
              isSelected={selected.has(prospect.id)}
              draggable={props.mayEdit}
              onFocus={onActive}
              onOpen={onOpen}
              onKeyDown={onKeyDown}
              onDragStart={onDragStart}
            />
          )}
        />
      ))}
    </section>
  );
}

function Column({
  stage,
  stages,
  cards,
  all,
  draw,
  onMore,
  onDrop,
}: {
  stage: Stage;
  stages: readonly Stage[];
  cards: readonly Prospect[];
  all: readonly Prospect[];
  draw: (prospect: Prospect) => React.ReactNode;
  onMore: () => void;
  onDrop?: (event: DragEvent, stage: Stage) => void;
}) {
  const { t, locale } = useI18n();
  const id = useId();
  const [over, setOver] = useState(false);
  const worth = all.reduce((sum, card) => sum + (card.value_sek ?? 0), 0);
  const hidden = all.length - cards.length;
  return (
    <section
      aria-labelledby={id}
      onDragOver={(event) => {
        if (!onDrop || !event.dataTransfer.types.includes(DRAG_TYPE)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false);
        onDrop?.(event, stage);
      }}
      className={cx(
        "flex w-60 shrink-0 snap-start flex-col rounded-lg bg-sunken max-sm:w-[82vw]",
        over && "shadow-[inset_0_0_0_2px_var(--accent)]",
      )}
    >
      <header className="flex h-9 shrink-0 items-center gap-2 px-2.5">
        <h2 id={id} className="truncate font-semibold text-xs">
          {stageName(stage.key, stages, t)}
        </h2>
        <span className="tabular text-ink-2 text-xs">{all.length}</span>
        {worth > 0 && (
          <span className="tabular ml-auto text-ink-2 text-xs">{formatCompactAmount(worth, locale)}</span>
        )}
      </header>
      <div className="flex min-h-16 flex-1 flex-col gap-1.5 overflow-y-auto px-1.5 pb-1.5">
        {cards.map(draw)}
        {hidden > 0 && (
          <Button look="ghost" size="sm" onClick={onMore}>
            {t("prospects.showMore", { count: Math.min(hidden, FIRST) })}
          </Button>
        )}
      </div>
    </section>
  );
}
