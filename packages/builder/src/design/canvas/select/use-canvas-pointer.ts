import { useMemo, useRef, type HTMLAttributes, type PointerEvent } from 'react';
import { useDesign, useView, type Design } from '../../design-context.ts';
import { useDragSource } from '../drag/use-drag-source.ts';
import { cellsAround } from '../geometry/measure-slots.ts';
import { startTextEdit } from './edit-text.ts';
import { useMarquee } from './use-marquee.ts';

/**
 * Selecting and dragging by pointer: a press selects the component under it (with Ctrl or Shift, adds it), a drag moves
 * the selection, a drag from empty space selects with a rubber band, a double press edits a text in place.
 */
export function useCanvasPointer(): {
  readonly props: HTMLAttributes<HTMLElement>;
  readonly dragProps: HTMLAttributes<HTMLElement> & { readonly ref?: never };
} {
  const design = useDesign();
  const { view, session } = design;
  const isInteracting = useView((state) => state.isInteracting);
  const pressed = useRef<string | undefined>(undefined);

  const item = () => {
    const screen = session.store.getState().app.screens[view.getState().screen];
    const { selection } = view.getState();
    const id = pressed.current ?? selection[0];
    if (screen === undefined || id === undefined || id === screen.root) return undefined;
    const ids = selection.includes(id) ? selection.filter((other) => other !== screen.root) : [id];
    const title = ids.length === 1 ? (screen.components[ids[0] ?? '']?.name ?? '') : `${ids.length} components`;
    return { kind: 'move' as const, ids, title };
  };
  const source = useDragSource('canvas', item, isInteracting);
  const startMarquee = useMarquee();

  const props = useMemo<HTMLAttributes<HTMLElement>>(
    () => ({
      onPointerDown: (event) => {
        source.ref(event.currentTarget);
        const id = componentAt(event);
        pressed.current = id;
        // Empty space is what no component but the screen's outermost one covers.
        const isEmpty = id === undefined ? !isOnControl(event) : id === rootOf(design);
        if (isEmpty) {
          startMarquee(event, () => {
            pressed.current = undefined;
          });
          if (event.shiftKey) return;
        }
        if (id !== undefined) {
          const isAdding = event.metaKey || event.ctrlKey || event.shiftKey;
          if (isAdding) view.toggle(id);
          else if (!view.getState().selection.includes(id)) view.select([id]);
        } else view.select([]);
        // What a rubber band touches first must not be dragged along with it.
        if (!isEmpty) source.props.onPointerDown?.(event);
      },
      onPointerUp: (event) => {
        // A press without a drag on one of several selected selects that one.
        const isAdding = event.metaKey || event.ctrlKey || event.shiftKey;
        if (pressed.current !== undefined && !isAdding && view.getState().selection.length > 1)
          view.select([pressed.current]);
        pressed.current = undefined;
      },
      onPointerMove: (event) => {
        const id = event.buttons === 0 ? componentAt(event) : undefined;
        if (view.getState().hovered !== id) view.setState({ hovered: id });
      },
      onPointerLeave: () => view.setState({ hovered: undefined }),
      onDoubleClick: (event) => {
        const id = cellsAround(event.target as Element)[0];
        if (id !== undefined) startTextEdit(design, id);
      },
      onClickCapture: (event) => {
        // Nothing inside reacts while designing, except that a tab opens to be designed.
        const target = event.target as Element;
        if (target.closest('#fettle-canvas') !== null && target.closest('[role="tab"]') === null) {
          event.preventDefault();
          event.stopPropagation();
        }
      },
    }),
    [design, source, startMarquee, view],
  );
  return { props, dragProps: {} };
}

function rootOf({ session, view }: Design): string | undefined {
  return session.store.getState().app.screens[view.getState().screen]?.root;
}

// The selection's own handles stand over the canvas: they are not a place in it.
function isOnControl(event: PointerEvent<HTMLElement>): boolean {
  return (event.target as Element).closest('[data-canvas-control]') !== null;
}

function componentAt(event: PointerEvent<HTMLElement>): string | undefined {
  const target = event.target as Element;
  if (isOnControl(event)) return undefined;
  return target.closest('#fettle-canvas') === null ? undefined : cellsAround(target)[0];
}
