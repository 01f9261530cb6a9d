import { useHost } from '@fettle/sdk/react';
import { useLayoutEffect, useState, type RefObject } from 'react';

/**
 * True on a phone-wide screen. Stylesheets decide, by the container `fettle-screen`: the element's class sets
 * `--fettle-narrow: 1` in a container query, so that the canvas and real phones agree.
 */
export function useIsNarrow(element: RefObject<HTMLElement | null>): boolean {
  const host = useHost();
  const [isNarrow, setNarrow] = useState(host.isNarrow);
  useLayoutEffect(() => {
    const { current } = element;
    if (current === null) return undefined;
    const read = (): void => setNarrow(getComputedStyle(current).getPropertyValue('--fettle-narrow').trim() === '1');
    read();
    const observer = new ResizeObserver(read);
    observer.observe(current);
    return () => observer.disconnect();
  }, [element]);
  return isNarrow;
}
