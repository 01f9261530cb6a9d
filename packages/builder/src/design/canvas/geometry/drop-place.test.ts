import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { findDropPlace, listDropPlaces, type SlotBox } from './drop-place.ts';

const box = (left: number, top: number, width: number, height: number) => ({ left, top, width, height });
const stack: SlotBox = {
  parent: 'root',
  slot: 'body',
  flow: 'vertical',
  depth: 0,
  box: box(0, 0, 400, 300),
  children: [
    { id: 'a', box: box(0, 0, 400, 40) },
    { id: 'card', box: box(0, 50, 400, 100) },
    { id: 'b', box: box(0, 160, 400, 40) },
  ],
};
const inner: SlotBox = {
  parent: 'card',
  slot: 'body',
  flow: 'vertical',
  depth: 1,
  box: box(10, 60, 380, 80),
  children: [],
};
const grid: SlotBox = {
  parent: 'grid',
  slot: 'items',
  flow: 'grid',
  depth: 0,
  box: box(0, 0, 400, 200),
  children: [
    { id: 'a', box: box(0, 0, 190, 90) },
    { id: 'b', box: box(200, 0, 190, 90) },
    { id: 'c', box: box(0, 100, 190, 90) },
  ],
};

describe('where a drop lands', () => {
  it('is the gap nearest to the pointer', () => {
    expect(findDropPlace({ x: 100, y: 10 }, [stack])?.index).toBe(0);
    expect(findDropPlace({ x: 100, y: 30 }, [stack])?.index).toBe(1);
    expect(findDropPlace({ x: 100, y: 290 }, [stack])?.index).toBe(3);
  });

  it('is in the deepest slot under the pointer', () => {
    expect(findDropPlace({ x: 100, y: 100 }, [stack, inner])?.parent).toBe('card');
  });

  it('is beside a nested slot when the pointer is at its edge', () => {
    expect(findDropPlace({ x: 100, y: 61 }, [stack, inner])?.parent).toBe('root');
  });

  it('is in the root even below everything', () => {
    expect(findDropPlace({ x: 100, y: 2000 }, [stack])).toMatchObject({ parent: 'root', index: 3 });
  });

  it('reads a grid line by line', () => {
    expect(findDropPlace({ x: 50, y: 40 }, [grid])?.index).toBe(0);
    expect(findDropPlace({ x: 150, y: 40 }, [grid])?.index).toBe(1);
    expect(findDropPlace({ x: 380, y: 40 }, [grid])?.index).toBe(2);
    expect(findDropPlace({ x: 180, y: 150 }, [grid])?.index).toBe(3);
  });

  it('marks the start of a line of a grid where the pointer is in that line', () => {
    expect(findDropPlace({ x: 20, y: 150 }, [grid])).toMatchObject({ index: 2, line: { top: 100, height: 90 } });
  });

  it('shows the line between its neighbours', () => {
    expect(findDropPlace({ x: 100, y: 30 }, [stack])?.line).toMatchObject({ top: 45 - 1.5, width: 400, height: 3 });
  });
});

it('steps through every place once', () => {
  expect(listDropPlaces([stack, inner])).toHaveLength(5);
});

it('always answers an index that exists', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -50, max: 500 }),
      fc.integer({ min: -50, max: 500 }),
      fc.constantFrom(stack, grid),
      (x, y, slot) => {
        const place = findDropPlace({ x, y }, [slot, inner]);
        expect(place).toBeDefined();
        expect(place!.index).toBeGreaterThanOrEqual(0);
        expect(place!.index).toBeLessThanOrEqual(slot.children.length);
      },
    ),
  );
});
