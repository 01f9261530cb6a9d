import { useCallback, useEffect, useId, useMemo, useRef } from 'react';
import { ReactFlow, ReactFlowProvider, useReactFlow, ViewportPortal, type NodeChange } from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import type { Flow } from '@fettle/definition';
import { useStore } from 'zustand';
import { useDesign, useView } from '../../design-context.ts';
import { flowSurface, flowView, type FlowSurface } from '../flow-surface.ts';
import { layoutFlow, sizes, type FlowLayout } from '../layout/flow-layout.ts';
import { InsertPalette } from '../palette/insert-palette.tsx';
import { CanvasTools } from './canvas-tools.tsx';
import { DragGhost } from './drag-ghost.tsx';
import { FlowLines } from './flow-lines.tsx';
import { FlowMarks } from './flow-marks.tsx';
import { nodesOf, type CardNode } from './flow-nodes.ts';
import { StepCard } from './step-card.tsx';
import { StepMenu } from './step-menu.tsx';
import { useFlowKeys } from './use-flow-keys.ts';
import { SelectionSpeech } from './selection-speech.tsx';
import styles from './flow-canvas.module.css';

const nodeTypes = { card: StepCard };
const noEdges: never[] = [];

/** What was seen of each flow, so that it comes back as it was. */
const viewports = new Map<string, { readonly x: number; readonly y: number; readonly zoom: number }>();

/** A flow drawn from top to bottom. */
export function FlowCanvas({ flow }: { readonly flow: Flow }) {
  return (
    <ReactFlowProvider key={flow.id}>
      <Surface flow={flow} />
    </ReactFlowProvider>
  );
}

function Surface({ flow }: { readonly flow: Flow }) {
  const { view } = useDesign();
  const folded = useStore(flowView, (state) => state.folded);
  const isDragging = useStore(flowView, (state) => state.drag !== undefined);
  const layout = useMemo(() => layoutFlow({ steps: flow.steps }, folded), [flow.steps, folded]);
  const known = useRef<ReadonlyMap<string, CardNode>>(new Map());
  const nodes = useMemo(() => {
    const next = nodesOf(layout, known.current);
    known.current = new Map(next.map((node) => [node.id, node]));
    return [...next];
  }, [layout]);
  const viewport = useRef<HTMLDivElement>(null);
  const instance = useReactFlow();
  useSurface(viewport, layout);
  useFlowKeys(viewport, flow, folded);
  const speechId = useId();
  const begin = useMemo(() => viewports.get(flow.id), [flow.id]);
  useEffect(() => {
    if (begin === undefined) void instance.setViewport(firstViewport(layout, viewport.current));
    // Only when the flow is opened.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  /** The rubber band of React Flow says what it touches; everything else about selection is ours. */
  const onNodesChange = useCallback(
    (changes: NodeChange[]) => {
      const picked = changes.flatMap((change) => (change.type === 'select' ? [change] : []));
      if (picked.length === 0) return;
      const selected = new Set(view.getState().steps);
      for (const change of picked) {
        if (change.selected) selected.add(change.id);
        else selected.delete(change.id);
      }
      view.selectSteps([...selected]);
    },
    [view],
  );

  return (
    <div
      ref={viewport}
      className={styles['viewport']}
      data-dragging={isDragging ? '' : undefined}
      tabIndex={0}
      role="application"
      aria-label={`Steps of ${flow.name}. Arrow keys walk along the steps, Enter opens settings, A adds a step.`}
      aria-describedby={speechId}
      data-flow-canvas=""
    >
      <ReactFlow
        nodes={nodes}
        edges={noEdges}
        nodeTypes={nodeTypes}
        onNodesChange={onNodesChange}
        onPaneClick={() => view.selectSteps([])}
        onMoveEnd={(_event, moved) => viewports.set(flow.id, moved)}
        {...(begin === undefined ? {} : { defaultViewport: begin })}
        minZoom={0.02}
        maxZoom={1.6}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        zoomOnDoubleClick={false}
        panOnScroll
        selectionOnDrag={false}
        selectionKeyCode="Shift"
        multiSelectionKeyCode={null}
        deleteKeyCode={null}
        disableKeyboardA11y
        onlyRenderVisibleElements
        proOptions={{ hideAttribution: false }}
        attributionPosition="top-right"
      >
        <ViewportPortal>
          <FlowLines layout={layout} />
          <FlowMarks layout={layout} flow={flow} />
        </ViewportPortal>
        <CanvasTools flow={flow} />
      </ReactFlow>
      <SelectionSpeech id={speechId} flow={flow} />
      <InsertPalette flow={flow} layout={layout} />
      <StepMenu flow={flow} />
      <DragGhost />
    </div>
  );
}

/** The trigger in the upper middle; a flow that is wide is shown smaller, down to where it can still be read. */
function firstViewport(layout: FlowLayout, element: HTMLElement | null) {
  const width = element?.clientWidth ?? 1000;
  const zoom = Math.min(1, Math.max(0.75, (width - 80) / layout.bounds.width));
  return { x: width / 2, y: 40, zoom };
}

/** Offers the canvas to what drags onto it and to what reveals steps on it. */
function useSurface(viewport: React.RefObject<HTMLDivElement | null>, layout: FlowLayout): void {
  const instance = useReactFlow();
  const latest = useRef(layout);
  latest.current = layout;
  const steps = useView((state) => state.steps);
  const surface = useMemo<FlowSurface>(
    () => ({
      element: () => viewport.current,
      layout: () => latest.current,
      toFlow: (point) => instance.screenToFlowPosition(point),
      panBy: (x, y) => {
        const { x: left, y: top, zoom } = instance.getViewport();
        void instance.setViewport({ x: left - x, y: top - y, zoom });
      },
      reveal: (id) => {
        const box = boxOf(latest.current, id);
        const element = viewport.current;
        if (box !== undefined && element !== null) reveal(instance, element, box);
      },
    }),
    [instance, viewport],
  );
  useEffect(() => {
    flowSurface.current = surface;
    return () => {
      flowSurface.current = undefined;
      flowView.setState({ drag: undefined, dropPlace: undefined, inserting: undefined, menu: undefined });
    };
  }, [surface]);
  const [only] = steps;
  useEffect(() => {
    if (steps.length === 1 && only !== undefined) surface.reveal(only);
  }, [only, steps.length, surface]);
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function boxOf(layout: FlowLayout, id: string): Box | undefined {
  const card = layout.cards.find((one) => one.id === id);
  if (card !== undefined) return { x: card.x, y: card.y, width: sizes.cardWidth, height: card.height };
  const place = layout.places.find((one) => one.id === id);
  return place && { x: place.x - sizes.cardWidth / 2, y: place.y - 28, width: sizes.cardWidth, height: 56 };
}

/** Moves the canvas just as far as needed for a box to be seen. */
function reveal(instance: ReturnType<typeof useReactFlow>, element: HTMLElement, box: Box): void {
  const { x, y, zoom } = instance.getViewport();
  const margin = 48;
  const shift = (start: number, size: number, offset: number, room: number): number => {
    const from = start * zoom + offset;
    const to = from + size * zoom;
    if (from < margin) return margin - from;
    return to > room - margin ? Math.max(room - margin - to, margin - from) : 0;
  };
  const across = shift(box.x, box.width, x, element.clientWidth);
  const along = shift(box.y, box.height, y, element.clientHeight);
  if (across === 0 && along === 0) return;
  const isCalm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  void instance.setViewport({ x: x + across, y: y + along, zoom }, isCalm ? {} : { duration: 150 });
}
