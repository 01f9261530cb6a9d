import { createPortal } from 'react-dom';
import { useStore } from 'zustand';
import { dragState } from './drag-state.ts';
import styles from './drop-line.module.css';

/** Shows exactly where a drop will land, and glows around the slot that takes it. */
export function DropLine() {
  const place = useStore(dragState, (state) => state.place);
  if (place === undefined) return null;
  const { line, slotBox } = place;
  return createPortal(
    <>
      <div
        className={styles['slot']}
        style={{ left: slotBox.left, top: slotBox.top, width: slotBox.width, height: slotBox.height }}
      />
      <div
        id="drop-line"
        className={styles['line']}
        style={{ left: line.left, top: line.top, width: line.width, height: line.height }}
        role="status"
        aria-label="Drop place"
      />
    </>,
    document.body,
  );
}
