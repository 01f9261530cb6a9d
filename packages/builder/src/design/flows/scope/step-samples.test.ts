import { expect, test } from 'vitest';
import { stepScopes, type Flow } from '@fettle/definition';
import { defineFlowAction, defineFlowTrigger, type FlowActionManifest, type FlowTriggerManifest } from '@fettle/sdk';
import { Type } from 'typebox';
import { action, forEach, tryStep } from '../test/sample-steps.ts';
import { picksOf, sampleTrigger, sampleValues } from './step-samples.ts';

const manifests = {
  actions: [
    defineFlowAction({
      id: 'core/log',
      version: 1,
      title: 'Log',
      description: 'Logs',
      icon: 'notes',
      category: 'Basics',
      effect: 'none',
      settings: Type.Object({}),
      output: Type.Object({ message: Type.String() }),
      sample: { message: 'Hello' },
    }) as unknown as FlowActionManifest,
  ],
  triggers: [
    defineFlowTrigger({
      id: 'core/row',
      version: 1,
      title: 'Row created',
      description: 'A row',
      icon: 'table',
      category: 'Data',
      source: 'row',
      settings: Type.Object({}),
      payload: Type.Object({}),
      sample: { items: [{ id: 7 }] },
    }) as unknown as FlowTriggerManifest,
  ],
};
const flow: Flow = {
  id: 'flw_1',
  name: 'main',
  trigger: { type: 'core/row', settings: {} },
  variables: [{ name: 'count', initial: 1 }],
  steps: [
    action('first'),
    { id: 'stp_set', name: 'set', kind: 'setVariables', values: { total: '{{ vars.count + 1 }}' } },
    forEach('loop', [action('inside')]),
    tryStep('attempt', [action('risky')], [action('rescue')]),
  ],
};
const at = (step: string) => {
  const scope = stepScopes(flow).at.get(`stp_${step}`);
  if (scope === undefined) throw new TypeError(`There is no step ${step}.`);
  return { scope, values: sampleValues({ app: { flows: {} }, flow, scope, manifests }) };
};

test('what is sampled is what manifests say, with variables worked out and items taken from the list', () => {
  const { values } = at('inside');
  expect(values).toMatchObject({
    trigger: { items: [{ id: 7 }] },
    steps: { first: { output: { message: 'Hello' } } },
    vars: { count: 1, total: 2 },
    item: { id: 7 },
    index: 0,
  });
  expect(values).not.toHaveProperty('steps.loop');
});

test('recorded values win over samples', () => {
  const { scope } = at('inside');
  const recorded = { trigger: { items: [{ id: 9 }] }, outputs: { first: { message: 'Really' } } };
  expect(sampleValues({ app: { flows: {} }, flow, scope, manifests, recorded })).toMatchObject({
    steps: { first: { output: { message: 'Really' } } },
    item: { id: 9 },
  });
});

test('what is nearest is offered first, and only what can have run', () => {
  const { scope, values } = at('rescue');
  const picks = picksOf(values, scope, { trigger: 'Row created', step: ({ name }) => name });
  expect(picks.map(({ source }) => source)).toEqual([
    'error',
    'steps.risky.output',
    'steps.loop.output',
    'steps.set.output',
    'steps.first.output',
    'trigger',
    'vars',
    'user',
  ]);
});

test('inputs of the flow are what its trigger brings', () => {
  expect(
    sampleTrigger(
      {
        ...flow,
        inputs: [
          { name: 'email', type: 'text' },
          { name: 'count', type: 'integer', default: 5 },
        ],
      },
      manifests,
    ),
  ).toEqual({ items: [{ id: 7 }], email: 'ada@example.com', count: 5 });
});
