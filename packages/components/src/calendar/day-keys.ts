import type { KeyboardEvent } from 'react';
import { addDays, addMonths, weekdayOf, type Day } from './days.ts';

/** Where a key of the keyboard leads from a day, as calendars have it; undefined for keys that mean nothing here. */
export function dayByKey(event: Pick<KeyboardEvent, 'key'>, day: Day, weekStart: number): Day | undefined {
  const inWeek = (weekdayOf(day) - weekStart + 7) % 7;
  switch (event.key) {
    case 'ArrowLeft':
      return addDays(day, -1);
    case 'ArrowRight':
      return addDays(day, 1);
    case 'ArrowUp':
      return addDays(day, -7);
    case 'ArrowDown':
      return addDays(day, 7);
    case 'Home':
      return addDays(day, -inWeek);
    case 'End':
      return addDays(day, 6 - inWeek);
    case 'PageUp':
      return addMonths(day, -1);
    case 'PageDown':
      return addMonths(day, 1);
    default:
      return undefined;
  }
}
