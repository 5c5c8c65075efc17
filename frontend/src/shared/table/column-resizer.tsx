import { type KeyboardEvent, type PointerEvent, useRef } from "react";

const MIN_WIDTH = 56;
const MAX_WIDTH = 640;
const STEP = 12;

/** The grip at a column's right edge: dragged with the pointer, or moved with the arrow keys once focused. */
export function ColumnResizer({
  label,
  width,
  onResize,
}: {
  label: string;
  width: number;
  onResize: (width: number) => void;
}) {
  const start = useRef<{ x: number; width: number } | null>(null);
  const resize = (next: number) => onResize(Math.round(Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, next))));
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    event.preventDefault();
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = { x: event.clientX, width };
  };
  const onPointerMove = (event: PointerEvent) => {
    if (start.current) resize(start.current.width + event.clientX - start.current.x);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === "ArrowRight" ? STEP : event.key === "ArrowLeft" ? -STEP : 0;
    if (step === 0) return;
    event.preventDefault();
    event.stopPropagation();
    resize(width + step);
  };
  return (
    <div
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={width}
      aria-valuemin={MIN_WIDTH}
      aria-valuemax={MAX_WIDTH}
      draggable={false}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        start.current = null;
      }}
      onDragStart={(event) => event.preventDefault()}
      onKeyDown={onKeyDown}
      className="group/grip absolute top-0 right-0 z-10 flex h-full w-2 cursor-col-resize touch-none justify-end focus-visible:outline-none"
    >
      <span className="my-1.5 w-px bg-line group-hover/grip:w-0.5 group-hover/grip:bg-accent group-focus-visible/grip:w-1 group-focus-visible/grip:bg-accent" />
    </div>
  );
}
