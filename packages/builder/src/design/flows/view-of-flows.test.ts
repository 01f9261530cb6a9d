import { expect, test } from 'vitest';
import { createDesignView, stepPath } from '../view-state.ts';

test('a problem leads to its flow, its step and its setting', () => {
  const view = createDesignView('scr_home');
  view.reveal({ flow: 'flw_1', step: 'stp_a', path: '/flows/flw_1/steps/2/branches/0/steps/1/settings/message' });
  expect(view.getState()).toMatchObject({ flow: 'flw_1', steps: ['stp_a'], focus: 'message' });
  view.reveal({ flow: 'flw_1', path: '/flows/flw_1/trigger/settings/cron' });
  expect(view.getState()).toMatchObject({ steps: ['trigger'], focus: 'cron' });
  view.reveal({ screen: 'scr_home', component: 'cmp_a', path: '/screens/scr_home/components/cmp_a/settings/text' });
  expect(view.getState()).toMatchObject({ flow: undefined, steps: [], selection: ['cmp_a'] });
});

test('what is left of a path is the place in the step', () => {
  expect(stepPath('/flows/flw_1/steps/0/branches/1/condition')).toBe('branches/1/condition');
  expect(stepPath('/flows/flw_1/steps/0/catch/3/for/title')).toBe('for/title');
});
