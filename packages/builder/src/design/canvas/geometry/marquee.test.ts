import { expect, it } from 'vitest';
import type { SlotBox } from './drop-place.ts';
import { boxBetween, touchedBy } from './marquee.ts';

const box = (left: number, top: number, width: number, height: number) => ({ left, top, width, height });
const slot = (parent: string, children: SlotBox['children']): SlotBox => ({
  parent,
  slot: 'children',
  flow: 'vertical',
  box: box(0, 0, 500, 500),
  depth: 0,
  children,
});
/** A heading, and below it a card with two texts. */
const slots = [
  slot('root', [
    { id: 'heading', box: box(0, 0, 400, 40) },
    { id: 'card', box: box(0, 50, 400, 200) },
  ]),
  slot('card', [
    { id: 'first', box: box(20, 70, 300, 20) },
    { id: 'second', box: box(20, 100, 300, 20) },
  ]),
];

it('takes what it touches, and of nested components the outermost', () => {
  expect(touchedBy(box(300, 20, 150, 100), slots)).toEqual(['heading', 'card']);
  expect(touchedBy(box(380, 10, 100, 10), slots)).toEqual(['heading']);
  expect(touchedBy(box(450, 300, 20, 20), slots)).toEqual([]);
});

it('takes the components inside a container that it was drawn in', () => {
  expect(touchedBy(box(10, 60, 100, 70), slots)).toEqual(['first', 'second']);
  expect(touchedBy(box(10, 60, 5, 70), slots)).toEqual([]);
});

it('is the same box whichever way it is drawn', () => {
  expect(boxBetween({ x: 10, y: 40 }, { x: 4, y: 8 })).toEqual(box(4, 8, 6, 32));
});
