import { Button } from '@mantine/core';
import { useHost, type ComponentProps } from '@fettle/sdk/react';
import { useMemo, useRef, useState } from 'react';
import type { Static } from 'typebox';
import { useEvent, useExposed, useMethod } from '../host-hooks.ts';
import { useIsNarrow } from '../inputs/use-is-narrow.ts';
import { LoadError, Placeholder } from '../states/data-states.tsx';
import { Agenda } from './agenda.tsx';
import styles from './calendar.module.css';
import { addMonths, dayInZone, endOfMonth, isDay, startOfMonth, weekStartOf, weeksOfMonth, type Day } from './days.ts';
import { entriesWithin, type CalendarEntry } from './entries.ts';
import { MonthGrid } from './month-grid.tsx';
import { SmallMonth } from './small-month.tsx';
import { Toolbar } from './toolbar.tsx';
import type { calendarManifest } from './manifest.ts';
import { useEntries } from './use-entries.ts';

type Settings = Static<typeof calendarManifest.settings>;

/** Implementation of `core/calendar`. */
export function Calendar({ settings }: ComponentProps<Settings>) {
  const host = useHost();
  const root = useRef<HTMLDivElement>(null);
  const isNarrow = useIsNarrow(root);
  const [today, setToday] = useState(() => dayInZone(new Date(), host.timeZone));
  const [day, setDay] = useState<Day>(() => (isDay(settings.initialDay) ? settings.initialDay : today));
  const [chosenDay, setChosenDay] = useState<Day | null>(null);
  const [selected, setSelected] = useState<CalendarEntry['item'] | null>(null);
  const [view, setView] = useState(settings.view);
  const entryClick = useEvent('entryClick');
  const dayClick = useEvent('dayClick');

  const weekStart = weekStartOf(settings.weekStart, host.locale);
  const month = startOfMonth(day);
  const weeks = useMemo(() => weeksOfMonth(month, weekStart), [month, weekStart]);
  const days = { first: weeks[0]?.[0] as Day, last: weeks.at(-1)?.at(-1) as Day };
  const { entries, state } = useEntries(settings, days);

  useExposed({
    rows: entries.map((entry) => entry.item),
    selected,
    selectedDay: chosenDay,
    firstDay: days.first,
    lastDay: days.last,
    isLoading: state.isLoading,
  });
  useMethod('refresh', () => state.refresh());
  useMethod('goTo', (input) => {
    const wanted = input?.['day'];
    if (isDay(wanted)) go(wanted);
  });

  function go(to: Day): void {
    setDay(to);
    setChosenDay(null);
  }
  const openEntry = (entry: CalendarEntry): void => {
    setSelected(entry.item);
    void entryClick.run({ item: entry.item, index: entry.index });
  };
  const chooseDay = (chosen: Day): void => {
    setDay(chosen);
    setChosenDay(chosen);
    void dayClick.run({ day: chosen });
  };

  if (settings.data === undefined || settings.startColumn === undefined || settings.startColumn === '') {
    const hint = settings.data === undefined ? 'Choose the data to show' : 'Choose the column of the first day';
    return <div ref={root}>{host.mode === 'design' && <Placeholder icon="calendar" hint={hint} />}</div>;
  }
  const isList = isNarrow || view === 'list';
  const onEntry = entryClick.isActive ? openEntry : undefined;
  const shared = { month, weeks, today, day, entries, onEntry };
  return (
    <div ref={root} className={styles.calendar} aria-busy={state.isFetching}>
      <Toolbar
        month={month}
        view={view}
        canSwitch={settings.canSwitch && !isNarrow}
        isFetching={state.isFetching}
        onMove={(count) => go(addMonths(day, count))}
        onToday={() => {
          // Pages stay open over midnight.
          const now = dayInZone(new Date(), host.timeZone);
          setToday(now);
          go(now);
        }}
        onView={setView}
      />
      {state.error !== undefined && <LoadError error={state.error} onRetry={state.refresh} />}
      {!isList && (
        <MonthGrid
          {...shared}
          maxPerDay={settings.maxPerDay}
          onMove={setDay}
          onDay={dayClick.isActive ? chooseDay : undefined}
        />
      )}
      {isNarrow && (
        <SmallMonth
          {...shared}
          chosenDay={chosenDay}
          onMove={setDay}
          onDay={(chosen) => (chosen === chosenDay ? setChosenDay(null) : chooseDay(chosen))}
        />
      )}
      {isList && (
        <Agenda
          first={isNarrow && chosenDay !== null ? chosenDay : month}
          last={isNarrow && chosenDay !== null ? chosenDay : endOfMonth(month)}
          today={today}
          entries={entriesWithin(entries, month, endOfMonth(month))}
          isLoading={state.isLoading}
          emptyText={isNarrow && chosenDay !== null ? 'Nothing on this day' : settings.emptyText}
          onEntry={onEntry}
        />
      )}
      {state.hasMore && (
        <Button variant="subtle" size="compact-sm" mt={8} loading={state.isFetching} onClick={state.loadMore}>
          Not all entries are shown. Load more
        </Button>
      )}
    </div>
  );
}
