import { stepLists, type Flow } from '@fettle/definition';
import type { Command } from '@fettle/edit';
import type { PlaceBox, StepPlace } from '../layout/flow-layout.ts';
import { placesFor } from '../layout/nearest-place.ts';
import { outermost, placedSteps } from './step-tree.ts';

/** The list a place is in, as commands name it. */
export function listOf({ step, list }: StepPlace): { step?: string; list: string } {
  return step === undefined ? { list } : { step, list };
}

/** One command of several; undefined of none. */
export function batchOf(commands: readonly Command[]): Command | undefined {
  const [first] = commands;
  if (commands.length < 2) return first;
  return { type: 'batch', commands: commands as Extract<Command, { type: 'batch' }>['commands'] };
}

/** The command that moves steps to a place, one behind the other. Indexes of moves count without the moved step. */
export function moveCommand(flow: Flow, ids: readonly string[], target: StepPlace): Command | undefined {
  const moved = outermost(flow, ids);
  const gone = new Set(moved.map(({ step }) => step.id));
  const list = idsOf(flow, target);
  // What they come to stand before stays where it is, whatever moves.
  const anchor = list.slice(target.index).find((id) => !gone.has(id));
  const order = [...list];
  const commands = moved.map(({ step }): Command => {
    const before = order.indexOf(step.id);
    if (before !== -1) order.splice(before, 1);
    const index = anchor === undefined ? order.length : order.indexOf(anchor);
    order.splice(index, 0, step.id);
    return { type: 'step.move', flow: flow.id, step: step.id, to: listOf(target), index };
  });
  return batchOf(commands);
}

function idsOf(flow: Flow, { step, list }: StepPlace): readonly string[] {
  if (step === undefined) return flow.steps.map(({ id }) => id);
  const owner = placedSteps(flow).get(step)?.step;
  const lists = owner === undefined ? [] : stepLists(owner);
  return (lists.find((one) => one.list === list)?.steps ?? []).map(({ id }) => id);
}

/** The next place up or down in reading order where a step can go: also into lanes and out of them. */
export function nudgedPlace(
  flow: Flow,
  places: readonly PlaceBox[],
  id: string,
  direction: -1 | 1,
): StepPlace | undefined {
  const own = placedSteps(flow).get(id);
  if (own === undefined) return undefined;
  const allowed = new Set(placesFor(places, [own]).map((place) => place.id));
  const isOwn = ({ place }: PlaceBox): boolean =>
    place.step === own.place.step && place.list === own.place.list && place.index === own.place.index;
  const start = places.findIndex(isOwn);
  for (let index = start + direction; index >= 0 && index < places.length; index += direction) {
    const place = places[index];
    if (place !== undefined && allowed.has(place.id)) return place.place;
  }
  return undefined;
}

/** What is selected after steps went away: what comes next, else what was before, else the step around. */
export function selectionAfter(flow: Flow, ids: readonly string[]): string {
  const removed = outermost(flow, ids);
  const last = removed.at(-1);
  if (last === undefined) return 'trigger';
  const list = idsOf(flow, last.place);
  const gone = new Set(removed.map(({ step }) => step.id));
  const next = list.slice(last.place.index + 1).find((id) => !gone.has(id));
  const before = list.slice(0, last.place.index).findLast((id) => !gone.has(id));
  return next ?? before ?? last.place.step ?? 'trigger';
}
