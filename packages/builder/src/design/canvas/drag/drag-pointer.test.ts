import { expect, it } from 'vitest';
import { scrollDistance } from './drag-pointer.ts';

const box = { left: 0, right: 400, top: 100, bottom: 500 };

it('scrolls up at the upper edge, down at the lower one, faster the nearer it is', () => {
  expect(scrollDistance({ x: 10, y: 140 }, box)).toBeLessThan(0);
  expect(scrollDistance({ x: 10, y: 102 }, box)).toBeLessThan(scrollDistance({ x: 10, y: 140 }, box));
  expect(scrollDistance({ x: 10, y: 490 }, box)).toBeGreaterThan(0);
});

it('rests in the middle and outside', () => {
  expect(scrollDistance({ x: 10, y: 300 }, box)).toBe(0);
  expect(scrollDistance({ x: 500, y: 490 }, box)).toBe(0);
  expect(scrollDistance({ x: 10, y: 90 }, box)).toBe(0);
});
