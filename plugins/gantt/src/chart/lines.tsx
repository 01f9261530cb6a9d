import type { Plan } from './plan.ts';
import styles from './chart.module.css';

/** Height of a row. */
export const rowHeight = 36;

/** The lines from what comes before to what waits for it. */
export function Lines({ plan, dayWidth }: { readonly plan: Plan; readonly dayWidth: number }) {
  const at = new Map(plan.tasks.map((task, index) => [task.key, index]));
  const paths = plan.tasks.flatMap((task, index) =>
    task.waits.flatMap((key) => {
      const before = at.get(key);
      const other = before === undefined ? undefined : plan.tasks[before];
      if (other === undefined || before === undefined) return [];
      const x1 = (other.end + 1 - plan.from) * dayWidth;
      const y1 = before * rowHeight + rowHeight / 2;
      const x2 = (task.start - plan.from) * dayWidth;
      const y2 = index * rowHeight + rowHeight / 2;
      return [{ key: `${key} ${task.key}`, isLate: other.end >= task.start, d: pathOf(x1, y1, x2, y2) }];
    }),
  );
  if (paths.length === 0) return null;
  return (
    <svg
      className={styles['lines']}
      width={(plan.to - plan.from + 1) * dayWidth}
      height={plan.tasks.length * rowHeight}
      aria-hidden
    >
      <defs>
        <marker id="gantt-tip" viewBox="0 0 6 6" refX="5" refY="3" markerWidth="6" markerHeight="6" orient="auto">
          <path d="M0 0 6 3 0 6z" fill="context-stroke" />
        </marker>
      </defs>
      {paths.map(({ key, isLate, d }) => (
        <path key={key} d={d} data-late={isLate ? '' : undefined} markerEnd="url(#gantt-tip)" />
      ))}
    </svg>
  );
}

function pathOf(x1: number, y1: number, x2: number, y2: number): string {
  const step = 8;
  if (x2 >= x1 + 2 * step) return `M${x1} ${y1}H${x1 + step}V${y2}H${x2}`;
  // It begins before the other ends: out to the right, back between the rows, and in from the left.
  const between = y1 + (y2 > y1 ? rowHeight / 2 : -rowHeight / 2);
  return `M${x1} ${y1}H${x1 + step}V${between}H${x2 - step}V${y2}H${x2}`;
}
