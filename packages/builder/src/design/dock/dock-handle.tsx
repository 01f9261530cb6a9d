import { useRef } from 'react';
import styles from './dock.module.css';

const step = 24;

/** The upper edge of the dock: drag it, or move it with the arrow keys. */
export function DockHandle({
  height,
  onChange,
  label = 'Height of the queries',
}: {
  readonly height: number;
  readonly onChange: (height: number) => void;
  readonly label?: string;
}) {
  const start = useRef<{ readonly y: number; readonly height: number }>(undefined);
  return (
    <div
      role="separator"
      tabIndex={0}
      aria-orientation="horizontal"
      aria-label={label}
      aria-valuenow={height}
      className={styles['handle']}
      onPointerDown={(event) => {
        start.current = { y: event.clientY, height };
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (start.current !== undefined) onChange(start.current.height + start.current.y - event.clientY);
      }}
      onPointerUp={() => (start.current = undefined)}
      onPointerCancel={() => (start.current = undefined)}
      onKeyDown={(event) => {
        const by = { ArrowUp: step, ArrowDown: -step, PageUp: step * 5, PageDown: -step * 5 }[event.key];
        if (by === undefined) return;
        event.preventDefault();
        onChange(height + by);
      }}
    />
  );
}
