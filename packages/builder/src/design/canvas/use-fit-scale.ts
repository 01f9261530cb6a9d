import { useEffect, useState, type RefObject } from 'react';
import { useView } from '../design-context.ts';

/** The scale that shows a sheet of this width in the viewport: the chosen zoom, or what fits (never larger than 1). */
export function useFitScale(viewport: RefObject<HTMLElement | null>, width: number): number {
  const zoom = useView((state) => state.zoom);
  const [available, setAvailable] = useState(0);
  useEffect(() => {
    const element = viewport.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(([entry]) => setAvailable(entry?.contentRect.width ?? 0));
    observer.observe(element);
    return () => observer.disconnect();
  }, [viewport]);
  if (zoom !== 'fit') return zoom;
  return available === 0 ? 1 : Math.min(1, available / width);
}
