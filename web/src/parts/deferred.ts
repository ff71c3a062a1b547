/** A field that answers at once to typing, and to the page a moment after the last key. */
import { useEffect, useRef, useState } from "preact/hooks";

export function useDeferred(outer: string, wait: number, tell: (value: string) => void): { value: string; set(value: string): void } {
  const [value, setValue] = useState(outer);
  const timer = useRef(0);
  useEffect(() => {
    if (!timer.current) setValue(outer);
  }, [outer]);
  return {
    value,
    set: (next) => {
      setValue(next);
      clearTimeout(timer.current);
      timer.current = window.setTimeout(() => {
        timer.current = 0;
        tell(next);
      }, wait);
    },
  };
}
