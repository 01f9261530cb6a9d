import { memo } from 'react';
import type { FlowLayout } from '../layout/flow-layout.ts';
import styles from './flow-canvas.module.css';

/** The frames of containers and the lines between the cards, as one drawing. */
export const FlowLines = memo(function FlowLines({ layout }: { readonly layout: FlowLayout }) {
  return (
    <svg className={styles['lines']} width={1} height={1} aria-hidden="true">
      <defs>
        <marker id="flow-arrow" viewBox="0 0 8 8" refX={7} refY={4} markerWidth={8} markerHeight={8} orient="auto">
          <path d="M1 1L7 4L1 7" className={styles['arrow']} />
        </marker>
      </defs>
      {layout.frames.map(({ id, x, y, width, height, level }) => (
        <rect
          key={id}
          x={x}
          y={y}
          width={width}
          height={height}
          rx={14}
          className={styles['frame']}
          data-level={level % 2 === 0 ? 'even' : 'odd'}
        />
      ))}
      {layout.lines.map(({ id, path, tone, hasArrow }) => (
        <path
          key={id}
          d={path}
          className={styles['line']}
          data-tone={tone}
          {...(hasArrow ? { markerEnd: 'url(#flow-arrow)' } : {})}
        />
      ))}
    </svg>
  );
});
