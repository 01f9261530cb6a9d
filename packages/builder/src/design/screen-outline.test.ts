import { describe, expect, it } from 'vitest';
import type { Screen } from '@fettle/definition';
import { hasSameOutline } from './screen-outline.ts';

const screen: Screen = {
  kind: 'screen',
  version: 1,
  id: 'scr_1',
  name: 'Home',
  route: '/',
  root: 'cmp_root',
  components: {
    cmp_root: { type: 'core/stack', name: 'stack1', settings: {}, slots: { children: ['cmp_a', 'cmp_b'] } },
    cmp_a: { type: 'core/text', name: 'text1', settings: { text: 'A' } },
    cmp_b: { type: 'core/text', name: 'text2', settings: { text: 'B' } },
  },
} as unknown as Screen;

function withA(changes: object): Screen {
  const { cmp_a: before } = screen.components;
  return { ...screen, components: { ...screen.components, cmp_a: { ...before, ...changes } } } as unknown as Screen;
}

describe('the outline of a screen', () => {
  it('stays when a setting, a layout or an event changes', () => {
    expect(hasSameOutline(screen, withA({ settings: { text: 'Other' } }))).toBe(true);
    expect(hasSameOutline(screen, withA({ layout: { span: { base: 6 } } }))).toBe(true);
    expect(hasSameOutline(screen, withA({ events: { press: [] } }))).toBe(true);
  });

  it('changes with names, types, rules, order and number', () => {
    const { cmp_root: root, cmp_a: a, cmp_b: b } = screen.components;
    const others = [
      withA({ name: 'heading' }),
      withA({ type: 'core/heading' }),
      withA({ access: { roles: ['admin'] } }),
      { ...screen, components: { cmp_a: a, cmp_b: b, cmp_root: { ...root, slots: { children: ['cmp_b', 'cmp_a'] } } } },
      { ...screen, components: { ...screen.components, cmp_c: { type: 'core/text', name: 'text3', settings: {} } } },
      { ...screen, components: { cmp_root: root, cmp_a: a } },
      undefined,
    ] as readonly (Screen | undefined)[];
    for (const other of others) {
      expect(hasSameOutline(screen, other)).toBe(false);
      expect(hasSameOutline(other, screen)).toBe(false);
    }
  });
});
