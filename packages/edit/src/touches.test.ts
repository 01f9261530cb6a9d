import { expect, test } from 'vitest';
import { appWith, component, home, root } from '../test/sample.ts';
import { rebase, touches, type Command } from './index.ts';

const set = (id: string, path: string): Command => ({
  type: 'setting.set',
  screen: home,
  component: id,
  path,
  value: 1,
});
const add = (id: string, parent: string): Command => ({
  type: 'component.add',
  screen: home,
  parent,
  slot: 'children',
  root: id,
  components: { [id]: component(id) },
});
const app = appWith({
  cmp_box: component('box', { type: 'core/stack', slots: { children: ['cmp_in'] } }),
  cmp_in: component('inner'),
});

test.each<[string, Command, Command, boolean]>([
  ['settings of two components', set('cmp_box', 'a'), set('cmp_in', 'a'), true],
  ['two settings of one component', set('cmp_box', 'a'), set('cmp_box', 'b'), true],
  ['the same setting', set('cmp_box', 'a'), set('cmp_box', 'a/b'), false],
  ['two places of one list, for places move', set('cmp_box', 'list/1/x'), set('cmp_box', 'list/2'), false],
  ['additions to two parents', add('cmp_n', root), add('cmp_m', 'cmp_box'), true],
  ['additions to one slot', add('cmp_n', root), add('cmp_m', root), false],
  [
    'a setting and the removal of its component',
    set('cmp_in', 'a'),
    { type: 'component.remove', screen: home, components: ['cmp_in'] },
    false,
  ],
  [
    'a setting and the removal of what is around it',
    set('cmp_in', 'a'),
    { type: 'component.remove', screen: home, components: ['cmp_box'] },
    false,
  ],
  [
    'a setting and a rename on its screen',
    set('cmp_in', 'a'),
    { type: 'component.rename', screen: home, component: 'cmp_box', name: 'x' },
    false,
  ],
  ['a setting and the theme', set('cmp_in', 'a'), { type: 'theme.set', theme: {} }, true],
  [
    'a setting and an undo elsewhere',
    set('cmp_in', 'a'),
    {
      type: 'patch.apply',
      patches: [{ op: 'remove', path: ['screens', home, 'components', 'cmp_box', 'settings', 'list', 2] }],
    },
    true,
  ],
  [
    'a setting and an undo of its list',
    set('cmp_box', 'list/0'),
    {
      type: 'patch.apply',
      patches: [{ op: 'remove', path: ['screens', home, 'components', 'cmp_box', 'settings', 'list', 2] }],
    },
    false,
  ],
])('%s', (_name, stale, since, isClean) => {
  expect(rebase(stale, [since], app).clean).toBe(isClean);
  expect(rebase(since, [stale], app).clean).toBe(isClean);
});

test('a move names where it came from when the app is known', () => {
  const move: Command = {
    type: 'component.move',
    screen: home,
    components: ['cmp_in'],
    parent: root,
    slot: 'children',
  };
  expect(touches(move, app)).toContain(`/screens/${home}/components/cmp_box/slots/children`);
  expect(touches(move)).not.toContain(`/screens/${home}/components/cmp_box/slots/children`);
});
