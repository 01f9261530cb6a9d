import { Popover, UnstyledButton } from '@mantine/core';
import { useHost } from '@fettle/sdk/react';
import styles from './calendar.module.css';
import { formatDay, startOfMonth, type Day } from './days.ts';
import { EntryBar } from './entry-bar.tsx';
import { barsOfWeek, entriesWithin, type Bar, type CalendarEntry } from './entries.ts';
import type { MonthProps } from './month-grid.tsx';

/** One week: seven days, the entries over them, and a way to those that found no room. */
export function WeekRow(
  props: MonthProps & {
    readonly week: readonly Day[];
    readonly maxPerDay: number;
    readonly onDay: ((day: Day) => void) | undefined;
  },
) {
  const { week, entries, maxPerDay } = props;
  const bars = barsOfWeek(entries, week);
  const isShown = (bar: Bar): boolean => bar.lane < maxPerDay;
  const lines = Math.min(Math.max(0, ...bars.map((bar) => bar.lane + 1)), maxPerDay + 1);
  return (
    <div role="row" className={styles.week} style={{ gridTemplateRows: `30px repeat(${lines}, 22px) minmax(0, 1fr)` }}>
      {week.map((day, column) => (
        <DayCell
          key={day}
          {...props}
          cell={day}
          column={column}
          ofDay={entriesWithin(entries, day, day)}
          hiddenCount={
            bars.filter((bar) => !isShown(bar) && bar.from <= column && column < bar.from + bar.length).length
          }
        />
      ))}
      {bars.filter(isShown).map((bar) => (
        <EntryBar
          key={bar.entry.key}
          entry={bar.entry}
          // Of all entries only those of the day with focus are in the order of tabs: a month may hold hundreds.
          isInTabOrder={bar.entry.start <= props.day && bar.entry.end >= props.day}
          continuesBefore={bar.entry.start < (week[0] as Day)}
          continuesAfter={bar.entry.end > (week.at(-1) as Day)}
          style={{ gridColumn: `${bar.from + 1} / span ${bar.length}`, gridRow: bar.lane + 2 }}
          onClick={props.onEntry}
        />
      ))}
    </div>
  );
}

function DayCell(
  props: Parameters<typeof WeekRow>[0] & {
    readonly cell: Day;
    readonly column: number;
    readonly ofDay: readonly CalendarEntry[];
    readonly hiddenCount: number;
  },
) {
  const host = useHost();
  const { cell, column, ofDay, hiddenCount, onDay } = props;
  const count = ofDay.length === 0 ? '' : `, ${ofDay.length === 1 ? '1 entry' : `${ofDay.length} entries`}`;
  return (
    <>
      <div
        role="gridcell"
        className={styles.cell}
        style={{ gridColumn: column + 1 }}
        data-outside={startOfMonth(cell) === props.month ? undefined : true}
        data-weekday={column}
      >
        <UnstyledButton
          className={styles.day}
          data-day={cell}
          data-today={cell === props.today || undefined}
          data-active={onDay === undefined ? undefined : true}
          tabIndex={cell === props.day ? 0 : -1}
          aria-current={cell === props.today ? 'date' : undefined}
          aria-label={`${formatDay(cell, host.locale, { dateStyle: 'full' })}${count}`}
          onClick={() => {
            props.onMove(cell);
            onDay?.(cell);
          }}
        >
          <span className={styles.dayNumber}>{Number(cell.slice(8))}</span>
        </UnstyledButton>
      </div>
      {hiddenCount > 0 && (
        <Popover width={260} position="bottom" shadow="md" withArrow trapFocus returnFocus>
          <Popover.Target>
            <UnstyledButton
              className={styles.more}
              style={{ gridColumn: column + 1, gridRow: props.maxPerDay + 2 }}
              tabIndex={cell === props.day ? 0 : -1}
            >
              {hiddenCount} more
            </UnstyledButton>
          </Popover.Target>
          <Popover.Dropdown p={8}>
            <div className={styles.dropdownTitle}>
              {formatDay(cell, host.locale, { weekday: 'long', day: 'numeric', month: 'long' })}
            </div>
            <div className={styles.dropdown}>
              {ofDay.map((entry) => (
                <EntryBar key={entry.key} entry={entry} isInTabOrder onClick={props.onEntry} />
              ))}
            </div>
          </Popover.Dropdown>
        </Popover>
      )}
    </>
  );
}
