import { useEffect, useRef, useState } from "react";

/**
 * Follows a value that changes with every movement of a finger, but lets a call in flight finish first, for at most
 * `patience` milliseconds: were each movement to abort the call before it, a slow server would never show anything. Of
 * the values that come meanwhile only the last one is followed.
 */
export function usePaced<T>(value: T, busy: boolean, patience = 1_500): T {
  const [paced, setPaced] = useState(value);
  const since = useRef(0);
  useEffect(() => {
    if (Object.is(paced, value)) return;
    const waited = performance.now() - since.current;
    const take = () => {
      since.current = performance.now();
      setPaced(value);
    };
    if (!busy || waited >= patience) {
      take();
      return;
    }
    const timer = setTimeout(take, patience - waited);
    return () => clearTimeout(timer);
  }, [value, paced, busy, patience]);
  return paced;
}
