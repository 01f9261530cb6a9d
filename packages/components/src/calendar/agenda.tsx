import { UnstyledButton } from '@mantine/core';
import { useHost } from '@fettle/sdk/react';
import { EmptyState, LoadingLines } from '../states/data-states.tsx';
import styles from './calendar.module.css';
import { formatDay, type Day } from './days.ts';
import { entriesWithin, type CalendarEntry } from './entries.ts';
import { toneDot } from './tone-background.ts';

/** Entries day by day. One that lasts several days stands at its first day in sight. */
export function Agenda(props: {
  readonly first: Day;
  readonly last: Day;
  readonly today: Day;
  readonly entries: readonly CalendarEntry[];
  readonly isLoading: boolean;
  readonly emptyText: string;
  readonly onEntry: ((entry: CalendarEntry) => void) | undefined;
}) {
  const host = useHost();
  const { first, last } = props;
  const shown = entriesWithin(props.entries, first, last);
  if (props.isLoading) return <LoadingLines count={4} height={32} />;
  if (shown.length === 0) return <EmptyState text={props.emptyText} icon="calendar" />;
  const byDay = Map.groupBy(shown, (entry) => (entry.start < first ? first : entry.start));
  return (
    <div className={styles.agenda}>
      {[...byDay].map(([day, entries]) => (
        <section key={day} className={styles.agendaDay} data-today={day === props.today || undefined}>
          <h4 className={styles.agendaTitle}>
            {formatDay(day, host.locale, { weekday: 'short', day: 'numeric', month: 'short' })}
            {day === props.today && <span className={styles.agendaToday}>Today</span>}
          </h4>
          <ul className={styles.agendaList}>
            {entries.map((entry) => (
              <li key={entry.key}>
                <AgendaEntry entry={entry} onClick={props.onEntry} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function AgendaEntry({
  entry,
  onClick,
}: {
  readonly entry: CalendarEntry;
  readonly onClick: ((entry: CalendarEntry) => void) | undefined;
}) {
  const host = useHost();
  const until =
    entry.end === entry.start ? '' : `until ${formatDay(entry.end, host.locale, { day: 'numeric', month: 'short' })}`;
  const when = [entry.time, until].filter((part) => part !== '').join(' ');
  const content = (
    <>
      <span className={styles.agendaDot} style={{ background: toneDot(entry.tone) }} aria-hidden />
      <span className={styles.agendaTexts}>
        <span className={styles.agendaName}>{entry.title}</span>
        {entry.description !== '' && <span className={styles.agendaDescription}>{entry.description}</span>}
      </span>
      {when !== '' && <span className={styles.agendaWhen}>{when}</span>}
    </>
  );
  if (onClick === undefined) return <span className={styles.agendaEntry}>{content}</span>;
  return (
    <UnstyledButton className={styles.agendaEntry} data-clickable onClick={() => onClick(entry)}>
      {content}
    </UnstyledButton>
  );
}
