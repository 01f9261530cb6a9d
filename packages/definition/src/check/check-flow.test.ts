import { expect, test } from 'vitest';
import { sampleCatalog } from '../../test/sample.ts';
import { stepScopes, type ExtensionCatalog, type Flow, type FlowStep } from '../index.ts';
import { checkFlow } from './check-flow.ts';

const catalog: ExtensionCatalog = {
  ...sampleCatalog,
  flowTrigger: (type) =>
    type === 'core/manual' ? { id: type, title: 'Manual', version: 1, settings: { type: 'object' } } : undefined,
  flowAction: (type) =>
    type === 'core/log'
      ? {
          id: type,
          title: 'Log',
          version: 1,
          settings: {
            type: 'object',
            required: ['message'],
            properties: { message: { type: 'string', title: 'Message' } },
          },
        }
      : undefined,
};

const log = (name: string, message = 'Hello'): FlowStep => ({
  id: `stp_${name}`,
  name,
  kind: 'action',
  type: 'core/log',
  settings: { message },
});
const flowOf = (...steps: readonly FlowStep[]): Flow => ({
  id: 'flw_1',
  name: 'main',
  trigger: { type: 'core/manual', settings: {} },
  steps,
});
const check = (...steps: readonly FlowStep[]) =>
  checkFlow(flowOf(...steps), { catalog }).map(({ severity, code, step, path, message }) => ({
    severity,
    code,
    step,
    path,
    message,
  }));
const seen = (flow: Flow, step: string) =>
  stepScopes(flow)
    .at.get(`stp_${step}`)
    ?.earlier.map(({ name }) => name);

const tree = flowOf(
  log('first'),
  {
    id: 'stp_choice',
    name: 'choice',
    kind: 'branch',
    branches: [
      { id: 'br_1', condition: '{{ true }}', steps: [log('left')] },
      { id: 'br_2', condition: '{{ true }}', steps: [log('right')] },
    ],
  },
  { id: 'stp_loop', name: 'loop', kind: 'forEach', items: '{{ trigger.rows }}', as: 'row', steps: [log('inside')] },
  {
    id: 'stp_attempt',
    name: 'attempt',
    kind: 'try',
    steps: [log('risky')],
    catch: [log('rescue')],
    finally: [log('tidy')],
  },
  { ...log('off'), disabled: true },
  log('last'),
);

test('a step sees what can have run before it, and nothing of other branches or of turns of a loop', () => {
  expect(seen(tree, 'first')).toEqual([]);
  expect(seen(tree, 'left')).toEqual(['first']);
  expect(seen(tree, 'right')).toEqual(['first']);
  expect(seen(tree, 'inside')).toEqual(['first', 'choice', 'left', 'right']);
  expect(seen(tree, 'rescue')).toEqual(['first', 'choice', 'left', 'right', 'loop', 'risky']);
  expect(seen(tree, 'tidy')?.slice(-2)).toEqual(['risky', 'rescue']);
  expect(seen(tree, 'last')?.slice(5)).toEqual(['attempt', 'risky', 'rescue', 'tidy']);
});

test('an expression that names a step too early is told so', () => {
  expect(check(log('a', '{{ steps.b.output.message }}'), log('b', '{{ steps.a.output.message }}'))).toEqual([
    {
      severity: 'error',
      code: 'expression.unknown-member',
      step: 'stp_a',
      path: '/flows/flw_1/steps/0/settings/message',
      message: '"b" has not run when this step runs.',
    },
  ]);
});

test('the names of loops and of failures are known where they are, and only there', () => {
  const inLoop = (message: string): FlowStep => ({
    id: 'stp_loop',
    name: 'loop',
    kind: 'forEach',
    items: '{{ trigger }}',
    collect: '{{ steps.inside.output }}',
    steps: [log('inside', message)],
  });
  expect(check(inLoop('{{ item }} {{ index }}'))).toEqual([]);
  expect(check(inLoop('{{ error.message }}'))).toMatchObject([{ code: 'expression.unknown-name', step: 'stp_inside' }]);
  expect(
    check({
      id: 'stp_try',
      name: 'attempt',
      kind: 'try',
      steps: [],
      catch: [log('rescue', '{{ error.message }} {{ env.region }} {{ run.links.rescue }}')],
    }),
  ).toEqual([]);
});

test('what is not filled in and what is not installed is named; what is disabled is let be', () => {
  const empty: FlowStep = { id: 'stp_a', name: 'a', kind: 'action', type: 'core/log', settings: {} };
  const strange: FlowStep = { id: 'stp_b', name: 'b', kind: 'action', type: 'acme/fly', settings: {} };
  const asks: FlowStep = {
    id: 'stp_c',
    name: 'c',
    kind: 'wait',
    for: { kind: 'approval', title: '{{  }}', assignees: [] },
  };
  expect(check(empty, strange, asks).map(({ code, path }) => `${code} ${path}`)).toEqual([
    'setting.missing /flows/flw_1/steps/0/settings/message',
    'flow-action.type-missing /flows/flw_1/steps/1/type',
    'flow.missing /flows/flw_1/steps/2/for/title',
    'flow.missing /flows/flw_1/steps/2/for/assignees',
  ]);
  const escalates = (deadline: string | undefined, second?: string): FlowStep => ({
    id: 'stp_d',
    name: 'd',
    kind: 'wait',
    for: {
      kind: 'approval',
      title: 'May they?',
      assignees: ['Power user'],
      escalations: [{ to: ['boss@example.com'] }, ...(second === undefined ? [] : [{ to: [second] }])],
      ...(deadline === undefined ? {} : { deadline }),
    },
  });
  expect(check(escalates(undefined)).map(({ path }) => path)).toEqual(['/flows/flw_1/steps/0/for/escalations']);
  expect(check(escalates('2d'))).toEqual([]);
  expect(check(escalates('2d', '')).map(({ path }) => path)).toEqual(['/flows/flw_1/steps/0/for/escalations/1/to']);
  expect(check({ ...empty, disabled: true }, { ...strange, disabled: true }, { ...asks, disabled: true })).toEqual([]);
});

test('steps behind the end of a run are named', () => {
  expect(check({ id: 'stp_end', name: 'end', kind: 'stop', outcome: 'success' }, log('after'))).toMatchObject([
    { severity: 'warning', code: 'flow.unreachable', step: 'stp_after' },
  ]);
});

test('conditions are expressions with and without braces', () => {
  const choice = (condition: string): FlowStep => ({
    id: 'stp_x',
    name: 'x',
    kind: 'branch',
    branches: [{ id: 'br_1', condition, steps: [] }],
  });
  expect(check(choice('trigger.amount > 100'))).toEqual([]);
  expect(check(choice('nothing.here'))).toMatchObject([{ code: 'expression.unknown-name' }]);
  expect(check(choice('{{ 1 + }}'))).toMatchObject([
    { code: 'expression.syntax', path: '/flows/flw_1/steps/0/branches/0/condition' },
  ]);
});

test('filters that are none are found in steps and loops over rows', () => {
  const rows = { dataSource: 'src_1', table: 'tickets' };
  const wrong = { column: 'state', operator: 'isEmpty' };
  const right = { and: [{ column: 'state', operator: 'equal', value: '{{ trigger.state }}' }] };
  const settings = (filter: unknown) => ({ message: 'Hello', data: rows, filter });
  const step = (name: string, filter: unknown): FlowStep => ({ ...log(name), settings: settings(filter) }) as FlowStep;
  const loop = {
    id: 'stp_each',
    name: 'each',
    kind: 'forEach',
    rows: { ...rows, filter: wrong },
    steps: [],
  } as FlowStep;
  const flow = flowOf(step('bad', wrong), step('good', right), step('bound', '{{ trigger.filter }}'), loop);
  const found = checkFlow(flow, { catalog });
  expect(found.filter(({ code }) => code === 'filter.invalid').map(({ path, step: id }) => [path, id])).toEqual([
    ['/flows/flw_1/steps/0/settings/filter/operator', 'stp_bad'],
    ['/flows/flw_1/steps/3/rows/filter/operator', 'stp_each'],
  ]);
});

test('members that a trigger or step does not give are told; what a schema leaves open is not', () => {
  const row = { rowOf: 'data' };
  const gives = { type: 'object', properties: { row, count: { type: 'integer' }, any: {} } };
  const typed: ExtensionCatalog = {
    ...catalog,
    flowTrigger: (type) => ({ id: type, title: 'Row', version: 1, settings: { type: 'object' }, gives }),
    flowAction: (type) => ({ id: type, title: 'Find', version: 1, settings: { type: 'object' }, gives }),
  };
  const settings = { data: { dataSource: 'ds_a', table: 'track' } };
  const flowWith = (message: string): Flow => ({
    id: 'flw_1',
    name: 'main',
    trigger: { type: 'core/row', settings },
    inputs: [{ name: 'note', type: 'text', label: 'Note' } as never],
    steps: [
      { id: 'stp_find', name: 'find', kind: 'action', type: 'core/find', settings },
      {
        id: 'stp_each',
        name: 'each',
        kind: 'forEach',
        rows: { dataSource: 'ds_a', table: 'track' },
        as: 'track',
        steps: [{ id: 'stp_say', name: 'say', kind: 'action', type: 'core/find', settings: { message } }],
      } as FlowStep,
    ],
  });
  const rows = (reference: string) => (reference === 'ds_a/track' ? { name: true as const } : undefined);
  const told = (expression: string, options: { readonly rows?: typeof rows } = { rows }) =>
    checkFlow(flowWith(`{{ ${expression} }}`), { catalog: typed, ...options })
      .filter(({ code }) => code === 'expression.unknown-member')
      .map(({ severity, message }) => `${severity}: ${message}`);
  for (const fine of [
    'trigger.row.name',
    'trigger.note',
    'trigger.any.thing',
    'steps.find.output.row.name',
    'track.name',
    'steps.find.error.message',
  ])
    expect(told(fine), fine).toEqual([]);
  expect(told('trigger.rwo')).toEqual(['warning: "trigger" has no "rwo".']);
  expect(told('steps.find.output.cuont')).toEqual(['warning: "steps.find.output" has no "cuont".']);
  expect(told('steps.find.output.row.nmae')).toEqual(['warning: "steps.find.output.row" has no "nmae".']);
  expect(told('track.nmae')).toEqual(['warning: "track" has no "nmae".']);
  expect(told('track.nmae', {})).toEqual([]);
});
