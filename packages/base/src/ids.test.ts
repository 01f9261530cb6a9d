import { expect, it } from 'vitest';
import { createId, createShortId, randomText } from './ids.ts';

it('makes ids with their prefix, without letters that look alike', () => {
  expect(createId('app')).toMatch(/^app_[23456789abcdefghjkmnpqrstuvwxyz]{16}$/);
  expect(createShortId('cmp')).toMatch(/^cmp_[2-9a-z]{8}$/);
});

it('does not repeat and uses every letter about equally often', () => {
  expect(new Set(Array.from({ length: 5000 }, () => createId('x'))).size).toBe(5000);
  const counts = new Map<string, number>();
  for (const letter of randomText(62_000)) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  expect(counts.size).toBe(31);
  for (const count of counts.values()) expect(count).toBeGreaterThan(1700);
});
