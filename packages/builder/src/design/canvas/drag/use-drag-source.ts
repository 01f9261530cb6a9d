import { useDraggable } from '@dnd-kit/core';
import type { HTMLAttributes } from 'react';
import type { DragItem } from './drag-state.ts';

/** Makes an element start a drag, by pointer or (with Enter or Space) by keyboard. `item` is asked when it starts. */
export function useDragSource(
  id: string,
  item: () => DragItem | undefined,
  isDisabled = false,
): {
  readonly ref: (element: HTMLElement | null) => void;
  readonly isDragging: boolean;
  readonly props: HTMLAttributes<HTMLElement>;
} {
  const { setNodeRef, listeners, attributes, isDragging } = useDraggable({ id, data: { item }, disabled: isDisabled });
  return {
    ref: setNodeRef,
    isDragging,
    props: {
      ...(listeners as HTMLAttributes<HTMLElement> | undefined),
      'aria-describedby': attributes['aria-describedby'],
    },
  };
}
