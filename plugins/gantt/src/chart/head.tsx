import styles from './chart.module.css';
import { ticksOf, type Scale } from './days.ts';

/** The head of the chart: two lines of time. */
export function Head(props: {
  readonly from: number;
  readonly to: number;
  readonly scale: Scale;
  readonly dayWidth: number;
  readonly locale: string;
}) {
  const { from, to, scale, dayWidth, locale } = props;
  const { above, below } = ticksOf({ from, to }, scale, locale);
  return (
    <div className={styles['head']} aria-hidden>
      {[above, below].map((ticks, line) => (
        <div key={line} className={styles['ticks']}>
          {ticks.map(({ day, days, label }) => (
            <span key={day} style={{ width: days * dayWidth }} className={styles['tick']}>
              {/* Where there is no room for it, half a word is worse than none. */}
              {days * dayWidth < label.length * 7 ? '' : <span className={styles['label']}>{label}</span>}
            </span>
          ))}
        </div>
      ))}
    </div>
  );
}
