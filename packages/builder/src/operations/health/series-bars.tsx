import type { FlowHealth } from '@fettle/contract';
import type { FlowNumbers } from './health-numbers.ts';
import styles from '../operations.module.css';

const height = 28;
const step = 4;

/** What ended in each step of the period as small bars: what failed stands on top of what did not. */
export function SeriesBars({
  flow,
  health,
  title,
}: {
  readonly flow: FlowNumbers;
  readonly health: Pick<FlowHealth, 'since' | 'stepMs'>;
  readonly title: string;
}) {
  const { series } = flow;
  const most = Math.max(1, ...series.map(({ succeeded, failed, cancelled }) => succeeded + failed + cancelled));
  const width = series.length * step;
  const failing = series.filter(({ failed }) => failed > 0).length;
  const label = `${title}: at most ${most} runs in a step; ${failing === 0 ? 'none failed' : `failures in ${failing} of ${series.length} steps`}`;
  return (
    <svg
      className={styles['bars']}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {series.map((one, index) => {
        const scale = (count: number): number => (count === 0 ? 0 : Math.max(2, (count / most) * height));
        const good = scale(one.succeeded + one.cancelled);
        const bad = scale(one.failed);
        const at = health.since + index * health.stepMs;
        return (
          <g key={at}>
            <title>{stepText(at, one)}</title>
            <rect className={styles['ground']} x={index * step} y={0} width={step - 1} height={height} />
            {good > 0 && (
              <rect
                className={styles['good']}
                x={index * step}
                y={height - Math.min(good, height)}
                width={step - 1}
                height={Math.min(good, height)}
              />
            )}
            {bad > 0 && (
              <rect
                className={styles['bad']}
                x={index * step}
                y={Math.max(0, height - good - bad)}
                width={step - 1}
                height={Math.min(bad, height)}
              />
            )}
          </g>
        );
      })}
    </svg>
  );
}

function stepText(at: number, { succeeded, failed, cancelled }: FlowNumbers['series'][number]): string {
  const from = new Date(at).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
  if (succeeded + failed + cancelled === 0) return `${from}: nothing ended`;
  const words = [`${succeeded} succeeded`, ...(failed > 0 ? [`${failed} failed`] : [])];
  return `${from}: ${[...words, ...(cancelled > 0 ? [`${cancelled} cancelled`] : [])].join(', ')}`;
}
