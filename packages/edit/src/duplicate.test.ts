import { expect, test } from 'vitest';
import { appWith, component, edit, home, root } from '../test/sample.ts';
import { duplicateComponents, duplicateScreen } from './index.ts';

const app = appWith(
  { cmp_box: component('box', { type: 'core/stack', slots: { children: ['cmp_in'] } }), cmp_in: component('inner') },
  { state: [{ id: 'sta_1', name: 'page', initial: 1 }] },
);

test('copies of components and screens get new ids by themselves', () => {
  const parts = edit(app, duplicateComponents(app, home, ['cmp_box'])).screens[home]?.components ?? {};
  expect(
    Object.values(parts)
      .map(({ name }) => name)
      .toSorted(),
  ).toEqual(['box', 'box2', 'inner', 'inner2', 'root']);
  const copied = edit(app, duplicateScreen(app, home, { name: 'copy', route: '/copy' }));
  const copy = Object.values(copied.screens).find(({ name }) => name === 'copy');
  expect(Object.keys(copy?.components ?? {})).not.toContain(root);
  expect(copy?.state?.[0]?.id).not.toBe('sta_1');
});
