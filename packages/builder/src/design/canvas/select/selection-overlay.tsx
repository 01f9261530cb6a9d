import { useEffect, useRef, type ReactNode, type RefObject } from 'react';
import { useStore } from 'zustand';
import { useDesign, useScreenOutline, useView } from '../../design-context.ts';
import { canvasRoot } from '../canvas-root.ts';
import { dragState } from '../drag/drag-state.ts';
import { eachFrame } from '../geometry/each-frame.ts';
import { findCell } from '../geometry/measure-slots.ts';
import { ResizeHandle } from './resize-handle.tsx';
import { marqueeState } from './use-marquee.ts';
import { SelectionBar } from './selection-bar.tsx';
import styles from './selection-overlay.module.css';

/** Outlines over the hovered and the selected components, with handles for a single one. */
export function SelectionOverlay({
  viewport,
  scale,
}: {
  readonly viewport: RefObject<HTMLElement | null>;
  readonly scale: number;
}) {
  const selection = useView((state) => state.selection);
  const hovered = useView((state) => state.hovered);
  const isInteracting = useView((state) => state.isInteracting);
  const isDragging = useStore(dragState, (state) => state.item !== undefined);
  if (isInteracting) return null;
  const single = selection.length === 1 ? selection[0] : undefined;
  return (
    <div className={styles['layer']} aria-hidden={single === undefined}>
      {hovered !== undefined && !selection.includes(hovered) && !isDragging && (
        <Outline viewport={viewport} id={hovered} kind="hovered" />
      )}
      <Marquee />
      {selection.map((id) => (
        <Outline key={id} viewport={viewport} id={id} kind="selected">
          {id === single && !isDragging && (
            <>
              <SelectionBar id={id} />
              <ResizeHandle id={id} scale={scale} />
            </>
          )}
        </Outline>
      ))}
    </div>
  );
}

function Marquee() {
  const band = useStore(marqueeState, (state) => state.band);
  return band === undefined ? null : <div className={styles['marquee']} style={{ ...band }} />;
}

const barWidth = 220;
const barHeight = 26;

/** Where the space above a component ends: at the tabs above its panel, else at the top of the canvas. */
function ceilingOf(cell: HTMLElement, top: number): number {
  const panel = cell.closest('[role="tabpanel"]');
  return panel === null ? top : Math.max(top, panel.getBoundingClientRect().top);
}

function Outline(props: {
  readonly viewport: RefObject<HTMLElement | null>;
  readonly id: string;
  readonly kind: 'hovered' | 'selected';
  readonly children?: ReactNode;
}) {
  const { viewport, id, kind } = props;
  const box = useRef<HTMLDivElement>(null);
  const { view } = useDesign();
  const name = useScreenOutline()?.components[id]?.name;
  // What is selected moves for many reasons (edits, data arriving, scrolling, zoom): following it each frame while it
  // is shown costs one measurement and is never wrong.
  useEffect(() => {
    let last = '';
    return eachFrame(() => {
      const outer = viewport.current;
      const root = canvasRoot.current;
      const cell = root === null ? undefined : findCell(root, id);
      if (outer === null || box.current === null) return;
      if (cell === undefined) {
        box.current.style.display = 'none';
        last = '';
        return;
      }
      const from = outer.getBoundingClientRect();
      const at = cell.getBoundingClientRect();
      const next = `${at.left - from.left + outer.scrollLeft} ${at.top - from.top + outer.scrollTop} ${at.width} ${at.height}`;
      if (next === last) return;
      last = next;
      const [left, top, width, height] = next.split(' ');
      // The bar stays inside the canvas and off the tabs that lead elsewhere: on the left of what stands at the right
      // edge, below what stands at the top.
      box.current.dataset['side'] = at.left + barWidth > from.right ? 'right' : 'left';
      box.current.dataset['under'] = at.top - ceilingOf(cell, from.top) < barHeight ? 'yes' : 'no';
      Object.assign(box.current.style, {
        display: 'block',
        left: `${left}px`,
        top: `${top}px`,
        width: `${width}px`,
        height: `${height}px`,
      });
    });
  }, [id, viewport, view]);
  return (
    <div ref={box} className={styles['outline']} data-kind={kind}>
      {kind === 'hovered' && <span className={styles['name']}>{name}</span>}
      {props.children}
    </div>
  );
}
