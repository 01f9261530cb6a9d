import type { Flow, FlowStep } from '@fettle/definition';
import { placeId, type StepPlace } from './flow-layout.ts';
import { sectionsOf } from './sections.ts';

/** Something that the arrow keys stop at: the trigger, a step, or the place in a list without steps. */
export interface Stop {
  /** `trigger`, a step's id, or the id of an empty list's place. */
  readonly id: string;
  readonly step: FlowStep | undefined;
  /** Where it stands; undefined for the trigger. */
  readonly place: StepPlace | undefined;
  readonly parent: Stop | undefined;
  /** The stops of the lanes inside, lane by lane. */
  readonly lanes: readonly (readonly Stop[])[];
}

/** The stops of a flow as a tree; the first one is the trigger. */
export function stopsOf(flow: Pick<Flow, 'steps'>, folded: ReadonlySet<string>): readonly Stop[] {
  const trigger: Stop = { id: 'trigger', step: undefined, place: undefined, parent: undefined, lanes: [] };
  return [trigger, ...listStops(flow.steps, { list: 'steps' }, undefined, folded)];
}

function listStops(
  steps: readonly FlowStep[],
  owner: Omit<StepPlace, 'index'>,
  parent: Stop | undefined,
  folded: ReadonlySet<string>,
): readonly Stop[] {
  if (steps.length === 0) {
    const place = { ...owner, index: 0 };
    return [{ id: placeId(place), step: undefined, place, parent, lanes: [] }];
  }
  return steps.map((step, index) => {
    const lanes: (readonly Stop[])[] = [];
    const stop: Stop = { id: step.id, step, place: { ...owner, index }, parent, lanes };
    if (!folded.has(step.id)) {
      for (const lane of sectionsOf(step).flat())
        lanes.push(listStops(lane.steps, { step: step.id, list: lane.list }, stop, folded));
    }
    return stop;
  });
}

/** All stops from top to bottom, as they are read. */
export function flatStops(stops: readonly Stop[]): readonly Stop[] {
  return stops.flatMap((stop) => [stop, ...stop.lanes.flatMap(flatStops)]);
}

/** Keys that walk. */
export type WalkKey = 'ArrowDown' | 'ArrowUp' | 'ArrowLeft' | 'ArrowRight' | 'Home' | 'End' | 'Escape';

/**
 * Where a key leads from a stop: down and up along the flow, into lanes and out of them; left and right among lanes;
 * Escape to the step around. Undefined: nowhere.
 */
export function walk(stops: readonly Stop[], from: string | undefined, key: WalkKey): string | undefined {
  const all = flatStops(stops);
  const index = all.findIndex(({ id }) => id === from);
  const stop = all[index];
  if (stop === undefined) return all[0]?.id;
  switch (key) {
    case 'ArrowDown':
      return below(stops, stop)?.id;
    case 'ArrowUp':
      return above(stops, stop)?.id;
    case 'ArrowLeft':
      return beside(stop, -1)?.id ?? stop.parent?.id;
    case 'ArrowRight':
      return beside(stop, 1)?.id ?? stop.lanes[0]?.[0]?.id;
    case 'Escape':
      return stop.parent?.id;
    case 'Home':
      return all[0]?.id;
    case 'End':
      return stops.at(-1)?.id;
    default:
      return undefined;
  }
}

/** The list a stop stands in. */
function siblings(stops: readonly Stop[], stop: Stop): readonly Stop[] {
  return stop.parent === undefined ? stops : (stop.parent.lanes.find((lane) => lane.includes(stop)) ?? []);
}

function below(stops: readonly Stop[], stop: Stop): Stop | undefined {
  return stop.lanes[0]?.[0] ?? after(stops, stop);
}

/** What comes after a stop and all inside it: its next sibling, the next section, else what comes after its parent. */
function after(stops: readonly Stop[], stop: Stop): Stop | undefined {
  const list = siblings(stops, stop);
  const next = list[list.indexOf(stop) + 1];
  if (next !== undefined) return next;
  if (stop.parent === undefined) return undefined;
  const { parent } = stop;
  const section = sectionIndex(parent, stop);
  const following = lanesBySection(parent)[section + 1]?.[0]?.[0];
  return following ?? after(stops, parent);
}

function above(stops: readonly Stop[], stop: Stop): Stop | undefined {
  const list = siblings(stops, stop);
  const before = list[list.indexOf(stop) - 1];
  if (before !== undefined) return lastInside(before);
  return stop.parent;
}

/** The last stop of the first lane of the last section, all the way in. */
function lastInside(stop: Stop): Stop {
  const last = lanesBySection(stop).at(-1)?.[0]?.at(-1);
  return last === undefined ? stop : lastInside(last);
}

function beside(stop: Stop, step: -1 | 1): Stop | undefined {
  const { parent } = stop;
  if (parent === undefined) return undefined;
  const lanes = lanesBySection(parent)[sectionIndex(parent, stop)] ?? [];
  const own = lanes.findIndex((lane) => lane.includes(stop));
  const other = lanes[own + step];
  const index = lanes[own]?.indexOf(stop) ?? 0;
  return other?.[Math.min(index, other.length - 1)];
}

function lanesBySection(stop: Stop): readonly (readonly (readonly Stop[])[])[] {
  if (stop.step === undefined || stop.lanes.length === 0) return [];
  let taken = 0;
  return sectionsOf(stop.step).map((section) => stop.lanes.slice(taken, (taken += section.length)));
}

function sectionIndex(parent: Stop, stop: Stop): number {
  return lanesBySection(parent).findIndex((lanes) => lanes.some((lane) => lane.includes(stop)));
}
