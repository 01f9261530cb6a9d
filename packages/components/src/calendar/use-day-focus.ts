import { useEffect, useRef, type KeyboardEvent, type RefObject } from 'react';
import { dayByKey } from './day-keys.ts';
import { weekdayOf, type Day } from './days.ts';

/** Moves through the days of a grid by keyboard: one of them takes part in the order of tabs, and focus follows it. */
export function useDayFocus(
  day: Day,
  weeks: readonly (readonly Day[])[],
  onMove: (day: Day) => void,
): { readonly grid: RefObject<HTMLDivElement | null>; readonly onKeyDown: (event: KeyboardEvent) => void } {
  const grid = useRef<HTMLDivElement>(null);
  const isMoving = useRef(false);
  useEffect(() => {
    if (!isMoving.current) return;
    isMoving.current = false;
    grid.current?.querySelector<HTMLElement>(`[data-day="${day}"]`)?.focus();
  }, [day]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!(event.target instanceof HTMLElement) || event.target.dataset['day'] === undefined) return;
    const next = dayByKey(event, day, weekdayOf(weeks[0]?.[0] ?? day));
    if (next === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    isMoving.current = true;
    onMove(next);
  };
  return { grid, onKeyDown };
}
