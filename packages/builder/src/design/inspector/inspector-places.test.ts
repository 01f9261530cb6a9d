import { expect, it } from 'vitest';
import { changeCommonLayout, commonLayout } from './common-layout.ts';
import { problemsBelow, problemsOf } from './component-problems.ts';
import { focusPlace } from './focus-place.ts';
import { setPerWidth, withHidden, withoutEmpty } from './layout-edit.ts';
import { resetEdit } from './setting-command.ts';

it('finds the part of the inspector for the path of a problem', () => {
  expect(focusPlace('screens/scr_1/components/cmp_1/settings/columns/0/label')).toEqual({
    tab: 'settings',
    path: 'columns/0/label',
  });
  expect(focusPlace('/screens/scr_1/components/cmp_1/events/click/0/settings/query')).toEqual({
    tab: 'events',
    path: 'click/0/settings/query',
  });
  expect(focusPlace('screens/scr_1/components/cmp_1/visible')).toEqual({ tab: 'layout', path: 'visible' });
  expect(focusPlace('columns/0/label')).toEqual({ tab: 'settings', path: 'columns/0/label' });
});

it('sorts problems of a component by part and path, errors first', () => {
  const problem = {
    code: 'x',
    message: 'Wrong.',
    hint: 'Mend it.',
    screen: 's',
    component: 'c',
    path: '/screens/s/components/c/settings/data',
  };
  const sorted = problemsOf(
    [
      { ...problem, severity: 'warning' },
      { ...problem, severity: 'error' },
      { ...problem, severity: 'error', component: 'd' },
    ],
    's',
    'c',
  );
  expect([...sorted.settings]).toEqual([['data', { severity: 'error', message: 'Wrong. Mend it.' }]]);
  expect([
    ...problemsBelow(new Map([['click/0/condition', { severity: 'error' as const, message: 'x' }]]), 'click').keys(),
  ]).toEqual(['0/condition']);
});

it('sets and clears places per width, and keeps no empty layout', () => {
  const layout = setPerWidth({}, 'span', 'md', 6);
  expect(layout).toEqual({ span: { md: 6 } });
  expect(withoutEmpty(setPerWidth(layout, 'span', 'md', undefined))).toBeUndefined();
  expect(withHidden(withHidden({}, 'phone', true), 'phone', false)).toEqual({ hideOn: [] });
});

it('changes what several layouts have in common and leaves the rest to each', () => {
  const layouts = [
    { span: { base: 6 }, grow: true },
    { span: { base: 6 }, align: 'end' as const },
  ];
  const common = commonLayout(layouts);
  expect(common).toEqual({ span: { base: 6 } });
  expect(changeCommonLayout(layouts[1]!, common, { span: { base: 4 } })).toEqual({ span: { base: 4 }, align: 'end' });
  expect(changeCommonLayout({ span: { base: 6 } }, common, {})).toBeUndefined();
});

it('resets several settings in one step', () => {
  expect(resetEdit({ screen: 's', component: 'c', names: ['a', 'b'] })?.command.type).toBe('batch');
  expect(resetEdit({ screen: 's', component: 'c', names: ['a'] })?.command.type).toBe('setting.unset');
  expect(resetEdit({ screen: 's', component: 'c', names: [] })).toBeUndefined();
});
