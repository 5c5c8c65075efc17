/** How long a change waits at most for a hand that is busy, in milliseconds: a press whose end was never told must not hold for ever. */
const LONGEST_HOLD = 10_000;

const LOOK_AGAIN = 120;

let isPressed = false;
let isDragging = false;
let holds = 0;

/** Follows what the pointer does, for as long as the app runs. */
export function watchHand(): void {
  const release = () => {
    isPressed = false;
  };
  window.addEventListener("pointerdown", () => {
    isPressed = true;
  });
  window.addEventListener("pointerup", release);
  window.addEventListener("pointercancel", release);
  window.addEventListener("blur", release);
  // A button that was let go outside of the window.
  window.addEventListener("pointermove", (event) => {
    if (event.buttons === 0) isPressed = false;
  });
  window.addEventListener("dragstart", () => {
    isDragging = true;
  });
  window.addEventListener("dragend", () => {
    isDragging = false;
    isPressed = false;
  });
}

/** Holds what others change back until the returned function is called: what was just changed here is shown, and not yet kept. */
export function holdChanges(): () => void {
  holds += 1;
  let isReleased = false;
  return () => {
    if (!isReleased) holds -= 1;
    isReleased = true;
  };
}

/** Runs it once nothing is pressed, dragged or on its way to the server: nothing moves under the hand. */
export function whenHandIsFree(
  run: () => void,
  isBusy: () => boolean = () => false,
  since = Date.now(),
): void {
  const waits = isPressed || isDragging || holds > 0 || isBusy();
  if (!waits || Date.now() - since > LONGEST_HOLD) run();
  else setTimeout(() => whenHandIsFree(run, isBusy, since), LOOK_AGAIN);
}
