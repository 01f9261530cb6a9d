import { UnstyledButton } from '@mantine/core';
import { useHost } from '@fettle/sdk/react';
import styles from './calendar.module.css';
import { formatDay, startOfMonth, type Day } from './days.ts';
import { entriesWithin } from './entries.ts';
import type { MonthProps } from './month-grid.tsx';
import { toneDot } from './tone-background.ts';
import { useDayFocus } from './use-day-focus.ts';

/** A month for narrow screens: dots say where something is, a press on a day shows what. */
export function SmallMonth(props: MonthProps & { readonly chosenDay: Day | null; readonly onDay: (day: Day) => void }) {
  const host = useHost();
  const { weeks } = props;
  const { grid, onKeyDown } = useDayFocus(props.day, weeks, props.onMove);
  return (
    <div
      ref={grid}
      role="grid"
      aria-label={formatDay(props.month, host.locale, { month: 'long', year: 'numeric' })}
      className={styles.small}
      onKeyDown={onKeyDown}
    >
      <div role="row" className={styles.smallWeek}>
        {weeks[0]?.map((day) => (
          <span
            key={day}
            role="columnheader"
            className={styles.smallWeekday}
            aria-label={formatDay(day, host.locale, { weekday: 'long' })}
          >
            {formatDay(day, host.locale, { weekday: 'narrow' })}
          </span>
        ))}
      </div>
      {weeks.map((week) => (
        <div key={week[0]} role="row" className={styles.smallWeek}>
          {week.map((day) => {
            const ofDay = entriesWithin(props.entries, day, day);
            const count = ofDay.length === 0 ? '' : `, ${ofDay.length === 1 ? '1 entry' : `${ofDay.length} entries`}`;
            return (
              <div key={day} role="gridcell" aria-selected={day === props.chosenDay}>
                <UnstyledButton
                  className={styles.smallDay}
                  data-day={day}
                  data-today={day === props.today || undefined}
                  data-chosen={day === props.chosenDay || undefined}
                  data-outside={startOfMonth(day) === props.month ? undefined : true}
                  tabIndex={day === props.day ? 0 : -1}
                  aria-current={day === props.today ? 'date' : undefined}
                  aria-label={`${formatDay(day, host.locale, { dateStyle: 'full' })}${count}`}
                  onClick={() => props.onDay(day)}
                >
                  {Number(day.slice(8))}
                  <span className={styles.dots} aria-hidden>
                    {ofDay.slice(0, 3).map((entry) => (
                      <span key={entry.key} className={styles.dot} style={{ background: toneDot(entry.tone) }} />
                    ))}
                  </span>
                </UnstyledButton>
              </div>
            );
          })}
        </div>
      ))}
    </div>
  );
}
