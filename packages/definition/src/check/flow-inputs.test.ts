import { expect, test } from 'vitest';
import { appOf, sampleCatalog, screenWith } from '../../test/sample.ts';
import { checkApp, type App, type ExtensionCatalog, type Flow, type FlowStep } from '../index.ts';

const catalog: ExtensionCatalog = {
  ...sampleCatalog,
  flowTrigger: (id) => ({ id, title: id, version: 1, settings: {} }),
  flowAction: (id) =>
    id === 'core/start-flow' ? { id, title: id, version: 1, settings: {}, uses: { flows: ['flow'] } } : undefined,
};

const grant: Flow = {
  id: 'flw_grant',
  name: 'grant',
  trigger: { type: 'core/manual', settings: {} },
  inputs: [
    { name: 'days', type: 'integer', required: true },
    { name: 'note', type: 'text' },
    { name: 'level', type: 'integer', required: true, default: 1 },
  ],
  steps: [],
};

const call = (input?: Readonly<Record<string, unknown>>): FlowStep => ({
  id: 'stp_call',
  name: 'call',
  kind: 'subFlow',
  flow: grant.id,
  mode: 'call',
  ...(input === undefined ? {} : { input }),
});
const start = (settings: Readonly<Record<string, unknown>>): FlowStep => ({
  id: 'stp_start',
  name: 'start',
  kind: 'action',
  type: 'core/start-flow',
  settings: { flow: grant.id, ...settings },
});

function problemsOf(step: FlowStep, callee: Flow = grant): readonly string[] {
  const caller: Flow = { ...grant, id: 'flw_main', name: 'main', inputs: [], steps: [step] };
  const app: App = { ...appOf([screenWith({})]), flows: { [caller.id]: caller, [callee.id]: callee } };
  return checkApp(app, { catalog })
    .filter(({ code }) => code.startsWith('flow.input'))
    .map(({ severity, path, message }) => `${severity} ${path} ${message}`);
}

const at = '/flows/flw_main/steps/0';

test.each<[string, FlowStep, readonly string[]]>([
  ['all that is needed', call({ days: 3, note: 'x' }), []],
  ['what is bound', call({ days: '{{ vars.x }}' }), []],
  ['numbers as text', call({ days: '3' }), []],
  ['a switched off step', { ...call(), disabled: true } as FlowStep, []],
  ['nothing', call(), [`error ${at}/input The flow "grant" cannot be started with this: "days" is needed.`]],
  [
    'another type',
    call({ days: 'three' }),
    [`error ${at}/input The flow "grant" cannot be started with this: "days" must be a whole number.`],
  ],
  ['another name', call({ days: 1, nots: 'x' }), [`warning ${at}/input The flow "grant" has no input "nots".`]],
  [
    'nothing, by an action',
    start({}),
    [`error ${at}/settings/input The flow "grant" cannot be started with this: "days" is needed.`],
  ],
  ['what is bound as a whole', start({ input: '{{ trigger.all }}' }), []],
])('a flow that is started with %s', (_, step, found) => {
  expect(problemsOf(step)).toEqual(found);
});

test('a flow with another trigger takes what it is given', () => {
  expect(problemsOf(call(), { ...grant, trigger: { type: 'core/webhook', settings: {} } })).toEqual([]);
});
