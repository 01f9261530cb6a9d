import { useEffect, useRef } from 'react';
import styles from './chart.module.css';
import { dayText } from './days.ts';
import type { Task } from './plan.ts';

/** One row: its title, which stays, and its bar. */
export function RowLine(props: {
  readonly task: Task;
  readonly left: number;
  readonly width: number;
  readonly locale: string;
  readonly names: ReadonlyMap<string, string>;
  readonly isChosen: boolean;
  readonly isFocused: boolean;
  readonly takesFocus: boolean;
  readonly isDone: boolean;
  readonly onChoose: () => void;
  readonly onFocus: () => void;
  readonly onKeyDown: (event: { readonly key: string; preventDefault(): void }) => void;
}) {
  const { task, left, width, locale, names, isChosen, isFocused, takesFocus, isDone } = props;
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!isFocused || !takesFocus) return;
    element.current?.focus({ preventScroll: true });
    element.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [isFocused, takesFocus]);
  const words = describe(task, locale, names);
  return (
    <div
      ref={element}
      role="option"
      aria-selected={isChosen}
      aria-label={words}
      tabIndex={isFocused ? 0 : -1}
      className={styles['row']}
      onClick={props.onChoose}
      onFocus={props.onFocus}
      onKeyDown={props.onKeyDown}
    >
      <span className={styles['title']}>{task.title}</span>
      <span className={styles['track']}>
        <span className={styles['bar']} data-done={isDone ? '' : undefined} style={{ left, width }} title={words}>
          {task.progress !== undefined && (
            <span className={styles['progress']} style={{ width: `${task.progress * 100}%` }} />
          )}
        </span>
      </span>
    </div>
  );
}

function describe(
  { title, start, end, progress, waits }: Task,
  locale: string,
  names: ReadonlyMap<string, string>,
): string {
  const day = (value: number): string => dayText(value, locale, { day: 'numeric', month: 'short', year: 'numeric' });
  const when = start === end ? day(start) : `${day(start)} to ${day(end)}`;
  const after = waits.map((key) => names.get(key) ?? key).join(', ');
  return [
    title,
    when,
    ...(progress === undefined ? [] : [`${Math.round(progress * 100)} % done`]),
    ...(after === '' ? [] : [`after ${after}`]),
  ].join(', ');
}
