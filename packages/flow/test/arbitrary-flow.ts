import fc from 'fast-check';
import type { FlowStep } from '@fettle/definition';

/** A step before it has a place, and so a name, in a flow. */
type Draft = (name: (prefix: string) => { readonly id: string; readonly name: string }) => FlowStep;

const value = fc.oneof(
  fc.constantFrom<unknown>(
    '{{ trigger.n }}',
    '{{ trigger.list }}',
    '{{ vars.total }}',
    '{{ now() }}',
    '{{ env.name }} {{ user.email }}',
    '{{ run.id }}',
    '{{ missing() }}',
    { nested: ['{{ trigger.n + 1 }}', null, true] },
  ),
  fc.jsonValue({ maxDepth: 2 }).filter((json) => !JSON.stringify(json).includes('__proto__')),
);

const condition = fc.constantFrom('{{ trigger.n > 2 }}', 'vars.total < 2', '{{ false }}', '{{ true }}');

const action = (type: string): fc.Arbitrary<Draft> =>
  value.map((settings) => (name): FlowStep => ({
    ...name(type.slice(5)),
    kind: 'action',
    type,
    settings: { value: settings },
  }));

const { steps: arbitrarySteps } = fc.letrec<{ step: Draft; steps: readonly Draft[] }>((tie) => {
  const steps = tie('steps');
  const build = (drafts: readonly Draft[], name: Parameters<Draft>[0]): FlowStep[] =>
    drafts.map((draft) => draft(name));
  return {
    steps: fc.array(tie('step'), { minLength: 1, maxLength: 3 }),
    step: fc.oneof(
      { maxDepth: 3, depthSize: 'medium', withCrossShrink: true },
      action('test/echo'),
      action('test/effect'),
      action('test/fails'),
      fc.constant<Draft>((name) => ({
        ...name('keep'),
        kind: 'setVariables',
        values: { total: '{{ (vars.total ?? 0) + 1 }}' },
      })),
      fc.constant<Draft>((name) => ({
        ...name('wait'),
        kind: 'wait',
        for: { kind: 'duration', duration: '2d' },
      })),
      fc.constantFrom('1h', undefined).map<Draft>((deadline) => (name) => ({
        ...name('ask'),
        kind: 'wait',
        for: { kind: 'approval', title: 'Well?', assignees: ['a'], ...(deadline === undefined ? {} : { deadline }) },
      })),
      value.map<Draft>((n) => (name) => ({
        ...name('sub'),
        kind: 'subFlow',
        flow: 'flw_child',
        mode: 'call',
        input: { n },
      })),
      value.map<Draft>((given) => (name) => ({ ...name('give'), kind: 'return', value: given })),
      fc.record({ condition, steps, otherwise: steps }).map<Draft>((parts) => (name) => ({
        ...name('choose'),
        kind: 'branch',
        branches: [{ ...name('br'), condition: parts.condition, steps: build(parts.steps, name) }].map(
          ({ name: _n, ...rest }) => rest,
        ),
        otherwise: build(parts.otherwise, name),
      })),
      fc
        .record({ steps, concurrency: fc.integer({ min: 1, max: 3 }), isRows: fc.boolean() })
        .map<Draft>((parts) => (name) => ({
          ...name('each'),
          kind: 'forEach',
          ...(parts.isRows ? { rows: { dataSource: 'src_1', table: 't' } } : { items: '{{ trigger.list }}' }),
          collect: '{{ item }}',
          concurrency: parts.concurrency,
          steps: build(parts.steps, name),
        })),
      fc.record({ steps }).map<Draft>((parts) => (name) => ({
        ...name('again'),
        kind: 'while',
        condition: '{{ index < 2 }}',
        limit: 5,
        steps: build(parts.steps, name),
      })),
      fc.record({ left: steps, right: steps }).map<Draft>((parts) => (name) => ({
        ...name('both'),
        kind: 'parallel',
        lanes: [parts.left, parts.right].map((lane) => ({ id: name('lan').id, steps: build(lane, name) })),
      })),
      fc.record({ steps, caught: steps }).map<Draft>((parts) => (name) => ({
        ...name('attempt'),
        kind: 'try',
        steps: build(parts.steps, name),
        catch: build(parts.caught, name),
      })),
    ),
  };
});

/** Steps of any kind in one another, each with a name and an id of its own. */
export const arbitraryFlowSteps: fc.Arbitrary<readonly FlowStep[]> = arbitrarySteps.map((drafts) => {
  let count = 0;
  const name = (prefix: string) => {
    count += 1;
    return { id: `stp_${prefix}${count}`, name: `${prefix}${count}` };
  };
  return drafts.map((draft) => draft(name));
});
