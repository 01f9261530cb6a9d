import { describe, expect, test } from 'vitest';
import { sampleCatalog } from '../../test/sample.ts';
import {
  appToJson,
  checkApp,
  checkChange,
  emptyApp,
  loadApp,
  mapDataSources,
  parseApp,
  saveApp,
  usesOf,
  type App,
  type FlowTest,
} from '../index.ts';

const one: FlowTest = {
  id: 'tst_1',
  name: 'grantsAccess',
  flow: 'flw_1',
  trigger: { who: 'Ada' },
  clock: '2030-01-31T09:00:00Z',
  mocks: [{ step: 'read', turns: [2], output: { rows: [], dataSource: 'src_a' } }],
  expect: { state: 'succeeded', order: ['read'], that: ['steps.read.output.rows.length == 0'] },
};

function appWith(changes: Partial<FlowTest> = {}): App {
  return {
    ...emptyApp('Sample'),
    flows: {
      flw_1: {
        id: 'flw_1',
        name: 'main',
        trigger: { type: 'core/manual', settings: {} },
        steps: [{ id: 'stp_1', name: 'read', kind: 'stop', outcome: 'success' }],
      },
    },
    flowTests: { tst_1: { ...one, ...changes } },
  };
}

const problemsOf = (changes: Partial<FlowTest>) =>
  checkApp(appWith(changes), { catalog: sampleCatalog })
    .filter(({ flowTest }) => flowTest === 'tst_1')
    .map(({ severity, code, path }) => ({ severity, code, path }));

describe('tests of flows in a definition', () => {
  test('stand in files of their own and survive both forms byte for byte', () => {
    const app = appWith();
    const files = saveApp(app);
    expect(Object.keys(files)).toContain('flow-tests/grantsAccess.json');
    const loaded = loadApp(files);
    expect(loaded.ok && saveApp(loaded.value)).toEqual(files);
    const json = JSON.parse(JSON.stringify(appToJson(app))) as { versions: Record<string, number> };
    expect(json.versions['flow-test']).toBe(1);
    const parsed = parseApp(json);
    expect(parsed.ok && parsed.value.flowTests).toEqual(app.flowTests);
  });

  test('an app that was stored before there were any keeps its bytes', () => {
    const stored = JSON.stringify(appToJson({ ...appWith(), flowTests: {} }));
    expect(stored).not.toContain('flow-test');
    expect(stored).not.toContain('flowTests');
    const parsed = parseApp(JSON.parse(stored));
    expect(parsed.ok && JSON.stringify(appToJson(parsed.value))).toBe(stored);
  });

  test.each<[string, unknown]>([
    ['flow-test.mock', { ...one, mocks: [{ step: 'read' }] }],
    ['flow-test.mock', { ...one, mocks: [{ step: 'read', output: 1, expires: true }] }],
    ['schema.unknown-key', { ...one, whatever: 1 }],
    ['schema.required', { id: 'tst_1', name: 'grantsAccess', flow: 'flw_1' }],
    ['name.forbidden', { ...one, name: 'constructor' }],
  ])('%s is refused on every change and on loading', (code, broken) => {
    const before = appWith();
    const after = { ...before, flowTests: { tst_1: broken as FlowTest } };
    expect(checkChange(before, after).map((problem) => problem.code)).toContain(code);
    const parsed = parseApp(JSON.parse(JSON.stringify(appToJson(after))));
    expect(parsed.ok ? [] : parsed.error.map((problem) => problem.code)).toContain(code);
  });

  test('two of one name are refused, also when only case tells them apart', () => {
    const before = appWith();
    const after = {
      ...before,
      flowTests: { ...before.flowTests, tst_2: { ...one, id: 'tst_2', name: 'GrantsAccess' } },
    };
    expect(checkChange(before, after).map(({ code }) => code)).toEqual(['name.taken']);
  });

  test('their flow is a reference, and one that is gone is told', () => {
    expect(usesOf(appWith(), sampleCatalog, { kind: 'flow', id: 'flw_1' }).map(({ from }) => from)).toEqual([
      { flow: 'flw_1', flowTest: 'tst_1', path: '/flowTests/tst_1/flow' },
    ]);
    expect(problemsOf({ flow: 'flw_9' })).toEqual([
      { severity: 'error', code: 'reference.flow', path: '/flowTests/tst_1/flow' },
    ]);
  });

  test('steps that the flow does not have, broken expressions and times are warnings with their places', () => {
    expect(
      problemsOf({
        clock: 'soon',
        mocks: [{ step: 'gone', output: null }],
        expect: {
          state: 'succeeded',
          never: ['read', 'lost'],
          steps: [{ step: 'read', output: { that: 'value.(' }, input: { equals: { that: '1 +' } } }],
          that: ['{{ true }}', '1 +'],
        },
      }),
    ).toEqual([
      { severity: 'warning', code: 'flow-test.step-missing', path: '/flowTests/tst_1/mocks/0/step' },
      { severity: 'warning', code: 'flow-test.step-missing', path: '/flowTests/tst_1/expect/never/1' },
      { severity: 'warning', code: 'flow-test.expression', path: '/flowTests/tst_1/expect/steps/0/output/that' },
      { severity: 'warning', code: 'flow-test.expression', path: '/flowTests/tst_1/expect/that/1' },
      { severity: 'warning', code: 'flow-test.clock', path: '/flowTests/tst_1/clock' },
    ]);
  });

  test('expressions see the run, its steps and, of a value, that value; what else they name is told', () => {
    const said = (that: readonly string[], output?: string) =>
      checkApp(
        appWith({
          expect: {
            state: 'succeeded',
            that: [...that],
            ...(output === undefined ? {} : { output: { that: output } }),
          },
        }),
        { catalog: sampleCatalog },
      )
        .filter(({ flowTest }) => flowTest === 'tst_1')
        .map(({ path, message }) => [path, message]);
    expect(
      said(
        [
          'steps.read.output.rows.length == 0 && steps.read.state == "succeeded"',
          '{{ trigger.who == user.name || error == null }}',
          'env.region == vars.region && output == steps.read.input',
        ],
        'value.id > 0',
      ),
    ).toEqual([]);
    expect(said(['steps.raed.output == 1', 'value == 1', 'steps.read.outptu == 1'], 'valeu == 1')).toEqual([
      ['/flowTests/tst_1/expect/that/0', 'In the test "grantsAccess": "steps" has no "raed".'],
      ['/flowTests/tst_1/expect/that/1', 'In the test "grantsAccess": There is nothing named "value" here.'],
      ['/flowTests/tst_1/expect/that/2', 'In the test "grantsAccess": "steps.read" has no "outptu".'],
      ['/flowTests/tst_1/expect/output/that', 'In the test "grantsAccess": There is nothing named "valeu" here.'],
    ]);
  });

  test('move to other data sources with their app', () => {
    expect(mapDataSources(appWith(), { src_a: 'src_b' }).flowTests['tst_1']?.mocks).toEqual([
      { step: 'read', turns: [2], output: { rows: [], dataSource: 'src_b' } },
    ]);
  });
});

test('what is said of steps in flows that are called is checked there', () => {
  const app = appWith({
    mocks: [
      { step: 'call', runs: true },
      { step: 'send', within: ['call'], output: 1 },
      { step: 'sent', within: ['call'], output: 1 },
      { step: 'read', runs: true },
      { step: 'send', within: ['other'], output: 1 },
    ],
    expect: { state: 'succeeded', steps: [{ step: 'send', within: ['call'] }] },
  });
  const main = app.flows['flw_1'];
  if (main === undefined) throw new TypeError('There is a flow.');
  const calls = (name: string) => ({ id: `stp_${name}`, name, kind: 'subFlow', flow: 'flw_2', mode: 'call' }) as const;
  const problems = checkApp(
    {
      ...app,
      flows: {
        flw_1: { ...main, steps: [...main.steps, calls('call'), calls('other')] },
        flw_2: {
          ...main,
          id: 'flw_2',
          name: 'two',
          steps: [{ id: 's', name: 'send', kind: 'stop', outcome: 'success' }],
        },
      },
    },
    { catalog: sampleCatalog },
  ).filter(({ flowTest }) => flowTest === 'tst_1');
  expect(problems.map(({ code, path, message }) => [code, path, message])).toEqual([
    [
      'flow-test.step-missing',
      '/flowTests/tst_1/mocks/2/step',
      'The test "grantsAccess" names a step "sent" that the flow that "call" calls does not have.',
    ],
    [
      'flow-test.runs-no-flow',
      '/flowTests/tst_1/mocks/3/step',
      'The test "grantsAccess" lets "read" run for real, and that calls no flow.',
    ],
    [
      'flow-test.not-run',
      '/flowTests/tst_1/mocks/4/step',
      'The test "grantsAccess" says something of "send" in a flow that it does not run.',
    ],
  ]);
});
