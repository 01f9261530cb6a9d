import { memo, useMemo } from 'react';
import { Tooltip } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { createShortId } from '@fettle/base';
import type { Flow } from '@fettle/definition';
import { useStore } from 'zustand';
import { useDesign, useDispatch, useView } from '../../design-context.ts';
import { addLane } from '../edit/lanes.ts';
import { outermost } from '../edit/step-tree.ts';
import { openPalette } from '../edit/use-step-edits.ts';
import { flowView } from '../flow-surface.ts';
import type { FlowLayout, LabelBox, PlaceBox } from '../layout/flow-layout.ts';
import { placesFor } from '../layout/nearest-place.ts';
import styles from './flow-canvas.module.css';

/** What stands on the lines: places to put steps, names of lanes, and the end. */
export const FlowMarks = memo(function FlowMarks({
  layout,
  flow,
}: {
  readonly layout: FlowLayout;
  readonly flow: Flow;
}) {
  const drag = useStore(flowView, (state) => state.drag);
  const open = useMemo(() => {
    if (drag === undefined) return undefined;
    const places = drag.kind === 'new' ? layout.places : placesFor(layout.places, outermost(flow, drag.ids));
    return new Set(places.map(({ id }) => id));
  }, [drag, flow, layout.places]);
  return (
    <>
      {layout.labels.map((label) => (
        <LaneLabel key={label.id} label={label} />
      ))}
      {layout.places.map((place) => (
        <Place key={place.id} box={place} isOpen={open === undefined ? undefined : open.has(place.id)} />
      ))}
      {layout.adders.map(({ id, step, x, y }) => (
        <LaneAdder key={id} flow={flow} step={step} x={x} y={y} />
      ))}
      {layout.end !== undefined && (
        <div className={styles['end']} style={{ transform: at(layout.end.x, layout.end.y + 12) }}>
          End
        </div>
      )}
    </>
  );
});

function at(x: number, y: number): string {
  return `translate(${x}px, ${y}px) translate(-50%, -50%)`;
}

const LaneLabel = memo(function LaneLabel({ label }: { readonly label: LabelBox }) {
  const { view } = useDesign();
  return (
    <button
      type="button"
      className={`${styles['label']} nopan`}
      data-tone={label.tone}
      style={{ transform: at(label.x, label.y) }}
      tabIndex={-1}
      title={label.text}
      onClick={() => view.selectSteps([label.step])}
    >
      {label.text}
    </button>
  );
});

/** A point where a step can be put. `isOpen`: during a drag, whether what is dragged may land here. */
const Place = memo(function Place({ box, isOpen }: { readonly box: PlaceBox; readonly isOpen: boolean | undefined }) {
  const { view } = useDesign();
  const isTarget = useStore(flowView, (state) => state.dropPlace === box.id);
  const isInserting = useStore(
    flowView,
    ({ inserting }) =>
      inserting !== undefined &&
      inserting.step === box.place.step &&
      inserting.list === box.place.list &&
      inserting.index === box.place.index,
  );
  const isSelected = useView((state) => state.steps.includes(box.id));
  return (
    <button
      type="button"
      className={`${styles['place']} nopan`}
      data-place={box.id}
      data-empty={box.isEmpty ? '' : undefined}
      data-drop={isTarget ? 'here' : isOpen === true ? 'may' : isOpen === false ? 'not' : undefined}
      data-selected={isSelected ? '' : undefined}
      data-open={isInserting ? '' : undefined}
      style={{ transform: at(box.x, box.y) }}
      tabIndex={-1}
      aria-label="Add a step here"
      onClick={() => {
        if (box.isEmpty) view.selectSteps([box.id]);
        openPalette(box.place);
      }}
    >
      {isTarget ? 'Drop here' : box.isEmpty ? <EmptySlot /> : <IconPlus size={14} />}
    </button>
  );
});

function EmptySlot() {
  return (
    <>
      <IconPlus size={14} />
      Add a step
    </>
  );
}

function LaneAdder({
  flow,
  step,
  x,
  y,
}: {
  readonly flow: Flow;
  readonly step: string;
  readonly x: number;
  readonly y: number;
}) {
  const dispatch = useDispatch();
  const { view } = useDesign();
  return (
    <Tooltip label="Add a way" openDelay={300}>
      <button
        type="button"
        className={`${styles['adder']} nopan`}
        style={{ transform: at(x, y) }}
        tabIndex={-1}
        aria-label="Add a way"
        onClick={() => {
          const command = addLane(flow, step, createShortId('br'));
          if (command !== undefined && dispatch(command)) view.selectSteps([step]);
        }}
      >
        <IconPlus size={12} />
      </button>
    </Tooltip>
  );
}
