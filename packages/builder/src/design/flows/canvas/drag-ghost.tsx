import { Portal } from '@mantine/core';
import { useStore } from 'zustand';
import { flowView } from '../flow-surface.ts';
import { dragGhost } from './flow-drag.ts';
import styles from './flow-canvas.module.css';

/** What is dragged, beside the pointer. */
export function DragGhost() {
  const title = useStore(flowView, (state) => state.drag?.title);
  const hasPlace = useStore(flowView, (state) => state.dropPlace !== undefined);
  if (title === undefined) return null;
  return (
    <Portal>
      <div
        ref={(element) => {
          dragGhost.current = element;
        }}
        className={styles['ghost']}
        data-lands={hasPlace ? '' : undefined}
      >
        {title}
      </div>
    </Portal>
  );
}
