import { UnstyledButton } from '@mantine/core';
import type { CSSProperties } from 'react';
import { toneTextColor } from '../tone-color.ts';
import styles from './calendar.module.css';
import type { CalendarEntry } from './entries.ts';
import { toneBackground } from './tone-background.ts';

/** An entry as a coloured bar with its title. */
export function EntryBar(props: {
  readonly entry: CalendarEntry;
  readonly isInTabOrder: boolean;
  readonly continuesBefore?: boolean;
  readonly continuesAfter?: boolean;
  readonly style?: CSSProperties;
  readonly onClick: ((entry: CalendarEntry) => void) | undefined;
}) {
  const { entry, onClick } = props;
  const text = [entry.time, entry.title].filter((part) => part !== '').join(' ');
  const shared = {
    className: styles.bar,
    title: entry.description === '' ? text : `${text}\n${entry.description}`,
    style: { ...props.style, background: toneBackground(entry.tone), color: toneTextColor(entry.tone) },
    'data-continues-before': props.continuesBefore === true ? true : undefined,
    'data-continues-after': props.continuesAfter === true ? true : undefined,
  };
  const content = (
    <>
      {entry.time !== '' && <span className={styles.barTime}>{entry.time}</span>}
      <span className={styles.barTitle}>{entry.title}</span>
    </>
  );
  if (onClick === undefined) return <span {...shared}>{content}</span>;
  return (
    <UnstyledButton {...shared} data-clickable tabIndex={props.isInTabOrder ? 0 : -1} onClick={() => onClick(entry)}>
      {content}
    </UnstyledButton>
  );
}
