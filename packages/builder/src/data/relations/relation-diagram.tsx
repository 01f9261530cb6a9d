import { Link } from 'wouter';
import { useDataPaths } from '../data-paths.ts';
import type { TablePlace } from '../rows/use-rows.ts';
import { neighboursOf, type Neighbour } from './neighbours.ts';
import styles from './relation-diagram.module.css';

const box = { width: 190, height: 44, gap: 14 } as const;
const columnGap = 130;

/** The table in the middle, those that point to it on the left, those it points to on the right. */
export function RelationDiagram({ place }: { readonly place: TablePlace }) {
  const all = neighboursOf(place.table);
  const left = all.filter(({ side }) => side === 'in');
  const right = all.filter(({ side }) => side !== 'in');
  const rows = Math.max(left.length, right.length, 1);
  const height = rows * (box.height + box.gap) - box.gap + 4;
  const width = 3 * box.width + 2 * columnGap + 4;
  const middle = { x: box.width + columnGap + 2, y: (height - box.height) / 2 };
  const placed = [...stack(left, 2, height), ...stack(right, 2 * (box.width + columnGap) + 2, height)];
  return (
    <div className={styles['scroller']}>
      <div
        className={styles['diagram']}
        style={{ width, height }}
        role="group"
        aria-label={`Tables linked with ${place.table.id}`}
      >
        <svg className={styles['lines']} width={width} height={height} aria-hidden="true">
          {placed.map(({ neighbour, x, y }) => (
            <Line key={`${neighbour.side} ${neighbour.table}`} neighbour={neighbour} at={{ x, y }} middle={middle} />
          ))}
        </svg>
        <div className={styles['own']} style={{ left: middle.x, top: middle.y, width: box.width, height: box.height }}>
          <span className={styles['name']}>{place.table.name}</span>
          <span className={styles['label']}>{place.table.columns.length} columns</span>
        </div>
        {placed.map(({ neighbour, x, y }) => (
          <Box
            key={`${neighbour.side} ${neighbour.table}`}
            dataSource={place.dataSource}
            neighbour={neighbour}
            x={x}
            y={y}
          />
        ))}
      </div>
    </div>
  );
}

interface Place {
  readonly x: number;
  readonly y: number;
}

function stack(
  neighbours: readonly Neighbour[],
  x: number,
  height: number,
): readonly (Place & { readonly neighbour: Neighbour })[] {
  const full = neighbours.length * (box.height + box.gap) - box.gap;
  return neighbours.map((neighbour, index) => ({
    neighbour,
    x,
    y: (height - full) / 2 + index * (box.height + box.gap),
  }));
}

function Box({ dataSource, neighbour, x, y }: Place & { readonly dataSource: string; readonly neighbour: Neighbour }) {
  const paths = useDataPaths();
  const label = neighbour.labels.join(', ');
  return (
    <Link
      href={paths.table(dataSource, neighbour.table, 'relations')}
      className={styles['box'] ?? ''}
      style={{ left: x, top: y, width: box.width, height: box.height }}
      title={`${neighbour.table}: ${label}`}
    >
      <span className={styles['name']}>{neighbour.table}</span>
      <span className={styles['label']}>{label}</span>
    </Link>
  );
}

/** A line from box to box; the side with many rows has three strokes. */
function Line({
  neighbour,
  at,
  middle,
}: {
  readonly neighbour: Neighbour;
  readonly at: Place;
  readonly middle: Place;
}) {
  const isLeft = at.x < middle.x;
  const start = { x: isLeft ? at.x + box.width : at.x, y: at.y + box.height / 2 };
  const end = { x: isLeft ? middle.x : middle.x + box.width, y: middle.y + box.height / 2 };
  const bend = (start.x + end.x) / 2;
  const isManyThere = neighbour.side !== 'out';
  const isManyHere = neighbour.side !== 'in';
  return (
    <g className={styles['line']}>
      <path d={`M ${start.x} ${start.y} C ${bend} ${start.y}, ${bend} ${end.y}, ${end.x} ${end.y}`} />
      {isManyThere && <Fork at={start} direction={isLeft ? 1 : -1} />}
      {isManyHere && <Fork at={end} direction={isLeft ? -1 : 1} />}
    </g>
  );
}

function Fork({ at, direction }: { readonly at: Place; readonly direction: 1 | -1 }) {
  const tip = at.x + direction * 10;
  return <path d={`M ${tip} ${at.y} L ${at.x} ${at.y - 6} M ${tip} ${at.y} L ${at.x} ${at.y + 6}`} />;
}
