import { expect, test } from 'vitest';
import { action, branch } from '../test/sample-steps.ts';
import { layoutFlow } from './flow-layout.ts';
import { nearestPlace, placesFor } from './nearest-place.ts';

const steps = [action('a'), branch('choice', [[action('b')]], []), action('c')];
const { places } = layoutFlow({ steps });

test('what is let go lands at the nearest place, and nowhere when none is near', () => {
  const target = places.find(({ place }) => place.list === 'otherwise');
  expect(target).toBeDefined();
  if (target === undefined) return;
  expect(nearestPlace(places, { x: target.x + 60, y: target.y - 20 })?.id).toBe(target.id);
  expect(nearestPlace(places, { x: target.x + 900, y: target.y })).toBeUndefined();
});

test('a step is not offered its own place, nor a place inside itself', () => {
  const [first, choice] = steps;
  if (first === undefined || choice === undefined) return;
  const forFirst = placesFor(places, [{ step: first, place: { list: 'steps', index: 0 } }]);
  expect(forFirst.filter(({ place }) => place.step === undefined).map(({ place }) => place.index)).toEqual([2, 3]);
  const forChoice = placesFor(places, [{ step: choice, place: { list: 'steps', index: 1 } }]);
  expect(forChoice.map(({ id }) => id)).toEqual(['/steps:0', '/steps:3']);
});
