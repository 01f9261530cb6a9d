import {
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type CSSProperties,
  type RefObject,
} from 'react';
import styles from './chart.module.css';
import { dayText, dayWidths, isWeekend, type Scale } from './days.ts';
import { Head } from './head.tsx';
import { Lines, rowHeight } from './lines.tsx';
import type { Plan, Task } from './plan.ts';
import { RowLine } from './row-line.tsx';

const scales: readonly Scale[] = ['day', 'week', 'month'];
const scaleLabels: Readonly<Record<Scale, string>> = { day: 'Day', week: 'Week', month: 'Month' };

/** The chart itself: what stands above it, the head, and a line for each row. */
export function Timeline(props: {
  readonly plan: Plan;
  readonly today: number;
  readonly firstScale: Scale;
  readonly locale: string;
  readonly isNarrow: boolean;
  readonly chosen: string | undefined;
  readonly goToTodayRef: RefObject<(() => void) | undefined>;
  readonly onChoose: (task: Task) => void;
}) {
  const { plan, today, firstScale, locale, isNarrow, chosen, goToTodayRef, onChoose } = props;
  const [scale, setScale] = useState(firstScale);
  const [focused, setFocused] = useState<string>();
  const [isKeyboard, setIsKeyboard] = useState(false);
  const view = useRef<HTMLDivElement>(null);
  const { from, to, tasks } = plan;
  const dayWidth = dayWidths[scale];
  const left = useCallback((day: number) => (day - from) * dayWidth, [from, dayWidth]);
  const names = useMemo(() => new Map(tasks.map(({ key, title }) => [key, title])), [tasks]);
  const showToday = useCallback(() => {
    const place = view.current;
    if (place !== null) place.scrollLeft = left(today) - place.clientWidth / 3;
  }, [left, today]);
  useEffect(() => setScale(firstScale), [firstScale]);
  useLayoutEffect(showToday, [showToday]);
  useEffect(() => {
    goToTodayRef.current = showToday;
  }, [goToTodayRef, showToday]);
  const current = tasks.some(({ key }) => key === focused) ? focused : tasks[0]?.key;

  const changeScale = (step: number): void => {
    const next = scales[scales.indexOf(scale) + step];
    if (next !== undefined) setScale(next);
  };
  const onKey = (event: { readonly key: string; preventDefault(): void }, index: number): void => {
    const goTo = (at: number): void => {
      const task = tasks[Math.min(tasks.length - 1, Math.max(0, at))];
      if (task !== undefined) setFocused(task.key);
    };
    const scroll = (days: number): void => view.current?.scrollBy({ left: days * dayWidth });
    const keys: Readonly<Record<string, () => void>> = {
      ArrowDown: () => goTo(index + 1),
      ArrowUp: () => goTo(index - 1),
      ArrowRight: () => scroll(7),
      ArrowLeft: () => scroll(-7),
      Home: () => goTo(0),
      End: () => goTo(tasks.length - 1),
      t: showToday,
      T: showToday,
      '+': () => changeScale(-1),
      '-': () => changeScale(1),
      Enter: () => choose(index),
      ' ': () => choose(index),
    };
    const act = Object.hasOwn(keys, event.key) ? keys[event.key] : undefined;
    if (act === undefined) return;
    event.preventDefault();
    setIsKeyboard(true);
    act();
  };
  const choose = (index: number): void => {
    const task = tasks[index];
    if (task === undefined) return;
    setFocused(task.key);
    onChoose(task);
  };
  const width = (to - from + 1) * dayWidth;
  const style = { '--width': `${width}px`, '--title': isNarrow ? '112px' : '200px', '--row': `${rowHeight}px` };

  return (
    <>
      <div className={styles['toolbar']}>
        <div className={styles['scales']} role="group" aria-label="Scale">
          {scales.map((one) => (
            <button
              key={one}
              type="button"
              className={styles['act']}
              aria-pressed={one === scale}
              onClick={() => setScale(one)}
            >
              {scaleLabels[one]}
            </button>
          ))}
        </div>
        <button type="button" className={styles['act']} onClick={showToday}>
          Today
        </button>
      </div>
      <div ref={view} className={styles['view']} style={style as CSSProperties}>
        <div className={styles['sheet']}>
          <div className={styles['corner']} />
          <Head from={from} to={to} scale={scale} dayWidth={dayWidth} locale={locale} />
          <div className={styles['ground']} style={{ height: tasks.length * rowHeight }} aria-hidden>
            {scale !== 'month' &&
              Array.from({ length: to - from + 1 }, (_, index) => from + index)
                .filter(isWeekend)
                .map((day) => (
                  <span key={day} className={styles['weekend']} style={{ left: left(day), width: dayWidth }} />
                ))}
            <Lines plan={plan} dayWidth={dayWidth} />
            <span
              className={styles['today']}
              style={{ left: left(today) + dayWidth / 2 }}
              title={dayText(today, locale, { dateStyle: 'medium' })}
            />
          </div>
          <div className={styles['rows']} role="listbox" aria-label="Plan">
            {tasks.map((task, index) => (
              <RowLine
                key={task.key}
                task={task}
                left={left(task.start)}
                width={Math.max(6, (Math.min(task.end, to) - task.start + 1) * dayWidth)}
                locale={locale}
                names={names}
                isChosen={task.key === chosen}
                isFocused={task.key === current}
                takesFocus={isKeyboard}
                isDone={task.progress === 1}
                onChoose={() => choose(index)}
                onFocus={() => setFocused(task.key)}
                onKeyDown={(event) => onKey(event, index)}
              />
            ))}
          </div>
        </div>
      </div>
    </>
  );
}
