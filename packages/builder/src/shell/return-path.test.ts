import { expect, it } from 'vitest';
import { returnPath } from './return-path.ts';

const at = (next: string) => returnPath({ search: `?next=${encodeURIComponent(next)}`, origin: 'https://fettle.test' });

it('goes back to a published app', () => {
  expect(at('/apps/desk/tickets?x=1')).toBe('/apps/desk/tickets?x=1');
});

it.each([
  '//evil.test',
  '/\\evil.test',
  'https:evil.test',
  'javascript:alert(1)',
  'data:text/html,x',
  '/\t/evil.test',
  '\\\\evil.test',
  '/..//evil.test',
  'https://u@evil.test/apps/x',
  '/w/x',
])('ignores %s', (next) => {
  expect(at(next)).toBeUndefined();
});
