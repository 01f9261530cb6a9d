import { useHost } from '@fettle/sdk/react';
import styles from './calendar.module.css';
import { formatDay, type Day } from './days.ts';
import type { CalendarEntry } from './entries.ts';
import { useDayFocus } from './use-day-focus.ts';
import { WeekRow } from './week-row.tsx';

/** What every view of a month is given. */
export interface MonthProps {
  readonly month: Day;
  readonly weeks: readonly (readonly Day[])[];
  readonly today: Day;
  /** The day the keyboard stands on. */
  readonly day: Day;
  readonly entries: readonly CalendarEntry[];
  readonly onEntry: ((entry: CalendarEntry) => void) | undefined;
  readonly onMove: (day: Day) => void;
}

/** A month as a grid of days; entries are bars over the days they last. */
export function MonthGrid(
  props: MonthProps & { readonly maxPerDay: number; readonly onDay: ((day: Day) => void) | undefined },
) {
  const host = useHost();
  const { weeks } = props;
  const { grid, onKeyDown } = useDayFocus(props.day, weeks, props.onMove);
  return (
    <div
      ref={grid}
      role="grid"
      aria-label={formatDay(props.month, host.locale, { month: 'long', year: 'numeric' })}
      className={styles.grid}
      onKeyDown={onKeyDown}
    >
      <div role="row" className={styles.weekdays}>
        {weeks[0]?.map((day) => (
          <span key={day} role="columnheader" aria-label={formatDay(day, host.locale, { weekday: 'long' })}>
            {formatDay(day, host.locale, { weekday: 'short' })}
          </span>
        ))}
      </div>
      {weeks.map((week) => (
        <WeekRow key={week[0]} {...props} week={week} />
      ))}
    </div>
  );
}
