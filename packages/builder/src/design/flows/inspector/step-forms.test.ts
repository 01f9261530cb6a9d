import { expect, test } from 'vitest';
import { checkSchema, flowStepSchemas, type FlowStep } from '@fettle/definition';
import { isSettingShown, listSettings } from '../../../fields/setting-list.ts';
import { isContainer, stepKinds } from '../kinds/step-kinds.ts';
import { sectionsOf } from '../layout/sections.ts';
import { stepForms } from './step-forms.ts';
import { changeResilience, readResilience } from './resilience.ts';

const made = stepKinds.map((info): readonly [string, FlowStep] => [info.id, info.create({ id: 'stp_a', name: 'a' })]);

/** A step with members changed as the command does it. */
function withChanges(step: FlowStep, changes: Readonly<Record<string, unknown>>): FlowStep {
  const next: Record<string, unknown> = { ...step, ...changes };
  for (const [key, value] of Object.entries(changes)) if (value === null) delete next[key];
  return next as unknown as FlowStep;
}
const problems = (step: FlowStep): readonly unknown[] => checkSchema(flowStepSchemas[step.kind], step, '');

test.each(made)('a new step of the palette entry %s is one that flows take', (_id, step) => {
  expect(problems(step)).toEqual([]);
  expect(sectionsOf(step).length > 0).toBe(isContainer(step));
});

test.each(made)('whatever is taken out of the form of %s, the step stays one that flows take', (_id, step) => {
  if (step.kind === 'action') return;
  const form = stepForms[step.kind];
  const items = listSettings(form.schema);
  const fixed = ['branches', 'cases', 'lanes', 'flow', 'kind', 'source'];
  const shown = items.filter((item) => !fixed.includes(item.name) && isSettingShown(item, form.read(step), items));
  for (const { name } of shown) {
    expect(problems(withChanges(step, form.change(step, name, undefined))), name).toEqual([]);
  }
});

test('a loop goes over a list or over rows, never over both', () => {
  const loop = made.find(([id]) => id === 'forEach')?.[1] as FlowStep;
  const rows = withChanges(loop, stepForms.forEach.change(loop, 'source', 'rows'));
  expect(rows).toMatchObject({ rows: { dataSource: '', table: '' } });
  expect('items' in rows).toBe(false);
  const filtered = withChanges(rows, stepForms.forEach.change(rows, 'filter', { all: [] }));
  expect(stepForms.forEach.read(filtered)).toMatchObject({ source: 'rows', filter: { all: [] } });
  expect(problems(withChanges(filtered, stepForms.forEach.change(filtered, 'source', 'items')))).toEqual([]);
});

test('a wait of another kind begins afresh, and its values change one by one', () => {
  const wait = made.find(([id]) => id === 'wait')?.[1] as FlowStep;
  for (const kind of ['until', 'callback', 'approval', 'duration'])
    expect(problems(withChanges(wait, stepForms.wait.change(wait, 'kind', kind)))).toEqual([]);
  expect(stepForms.wait.change(wait, 'duration', '2h')).toEqual({ for: { kind: 'duration', duration: '2h' } });
});

test('retries and limits are shown in seconds and kept in milliseconds', () => {
  expect(changeResilience({}, 'count', 3)).toEqual({ retry: { count: 3, delayMs: 1000 } });
  const retry = { count: 3, delayMs: 2500, jitter: true };
  expect(readResilience({ retry, timeoutMs: 1500 })).toMatchObject({
    retries: true,
    delay: 2.5,
    timeout: 1.5,
    count: 3,
  });
  expect(changeResilience({ retry }, 'delay', 0.25)).toEqual({ retry: { ...retry, delayMs: 250 } });
  expect(changeResilience({ retry }, 'jitter', undefined)).toEqual({ retry: { count: 3, delayMs: 2500 } });
  expect(changeResilience({ retry }, 'count', 0)).toEqual({ retry: null });
  expect(changeResilience({}, 'timeout', undefined)).toEqual({ timeoutMs: null });
});
