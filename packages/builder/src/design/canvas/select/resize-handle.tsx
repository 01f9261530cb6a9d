import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import type { ComponentLayout } from '@fettle/definition';
import { useCurrentScreen, useDispatch, useView } from '../../design-context.ts';
import { canvasRoot } from '../canvas-root.ts';
import { findCell } from '../geometry/measure-slots.ts';
import type { Breakpoint } from '../../view-state.ts';
import styles from './selection-overlay.module.css';

const sizes: Readonly<Record<Breakpoint, 'base' | 'md' | 'lg'>> = { phone: 'base', tablet: 'md', desktop: 'lg' };

/** Changes the width in a grid, in columns, for the width of the canvas. Arrow keys do the same. */
export function ResizeHandle({ id, scale }: { readonly id: string; readonly scale: number }) {
  const dispatch = useDispatch();
  const screen = useCurrentScreen();
  const breakpoint = useView((state) => state.breakpoint);
  const start = useRef<{ readonly x: number; readonly span: number; readonly column: number } | undefined>(undefined);
  const component = screen?.components[id];
  const grid = gridAround(id);
  if (screen === undefined || component === undefined || grid === undefined) return null;
  const layout: ComponentLayout = component.layout ?? {};
  const span = spanAt(layout, breakpoint);

  const set = (next: number): void => {
    const bounded = Math.min(12, Math.max(1, Math.round(next)));
    if (bounded === span) return;
    const size = sizes[breakpoint];
    dispatch(
      {
        type: 'layout.set',
        screen: screen.id,
        component: id,
        layout: { ...layout, span: { ...layout.span, [size]: bounded } },
      },
      { mergeKey: `resize:${id}:${size}` },
    );
  };
  const move = (event: PointerEvent): void => {
    if (start.current === undefined) return;
    set(start.current.span + (event.clientX - start.current.x) / start.current.column);
  };
  return (
    <div
      className={styles['handle']}
      data-canvas-control=""
      role="slider"
      tabIndex={0}
      aria-label={`Width of ${component.name} in columns`}
      aria-valuemin={1}
      aria-valuemax={12}
      aria-valuenow={span}
      onPointerDown={(event) => {
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { x: event.clientX, span, column: (grid.clientWidth * scale) / 12 };
      }}
      onPointerMove={move}
      onPointerUp={() => {
        start.current = undefined;
      }}
      onKeyDown={(event: KeyboardEvent) => {
        const step = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
        if (step === undefined) return;
        event.preventDefault();
        event.stopPropagation();
        set(span + step);
      }}
    />
  );
}

/** Columns a component takes at a width: the nearest narrower one that says so, else all. */
export function spanAt(layout: ComponentLayout, breakpoint: Breakpoint): number {
  const { base, md, lg } = layout.span ?? {};
  if (breakpoint === 'phone') return base ?? 12;
  if (breakpoint === 'tablet') return md ?? base ?? 12;
  return lg ?? md ?? base ?? 12;
}

function gridAround(id: string): HTMLElement | undefined {
  const root = canvasRoot.current;
  const parent = root === null ? undefined : findCell(root, id)?.parentElement;
  return parent !== null && parent !== undefined && getComputedStyle(parent).display.includes('grid')
    ? parent
    : undefined;
}
