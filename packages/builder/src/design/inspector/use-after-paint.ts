import { useEffect, useState } from 'react';

/**
 * A value as the last painted frame had it: it follows once what changed with it stands on the screen. What is drawn
 * from it neither delays that frame nor makes the browser lay the page out in the middle of it.
 */
export function useAfterPaint<T>(value: T): T {
  const [painted, setPainted] = useState(value);
  useEffect(() => {
    if (painted === value) return undefined;
    let task: ReturnType<typeof setTimeout> | undefined;
    const frame = requestAnimationFrame(() => {
      task = setTimeout(() => setPainted(value));
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(task);
    };
  }, [value, painted]);
  return painted;
}
