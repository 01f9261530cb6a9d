import { allSteps, type FlowStep } from '@fettle/definition';
import type { PlaceBox, StepPlace } from './flow-layout.ts';

/** How far from a place something still lands there, in pixels at 100 %. */
const reach = { across: 190, along: 90 } as const;

/** The place that something let go at a point lands at; undefined when none is near. */
export function nearestPlace(
  places: readonly PlaceBox[],
  point: { readonly x: number; readonly y: number },
): PlaceBox | undefined {
  let best: PlaceBox | undefined;
  let bestDistance = Infinity;
  for (const place of places) {
    const across = Math.abs(place.x - point.x);
    const along = Math.abs(place.y - point.y);
    if (across > reach.across || along > reach.along) continue;
    // Places of one list stand below each other, so the height says more than the side.
    const distance = Math.hypot(across * 0.6, along);
    if (distance < bestDistance) [best, bestDistance] = [place, distance];
  }
  return best;
}

/** The places where these steps can be moved: not inside themselves, and not where they stand. */
export function placesFor(
  places: readonly PlaceBox[],
  moved: readonly { readonly step: FlowStep; readonly place: StepPlace }[],
): readonly PlaceBox[] {
  const inside = new Set(moved.flatMap(({ step }) => allSteps([step]).map(({ id }) => id)));
  const [only] = moved;
  return places.filter(({ place }) => {
    if (place.step !== undefined && inside.has(place.step)) return false;
    if (moved.length !== 1 || only === undefined) return true;
    const isSameList = only.place.step === place.step && only.place.list === place.list;
    return !isSameList || (place.index !== only.place.index && place.index !== only.place.index + 1);
  });
}
