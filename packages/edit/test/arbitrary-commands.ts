import fc from 'fast-check';
import type { App, Component, EventAction, FlowStep, Screen } from '@fettle/definition';
import { stepsWithin, type Command, type SingleCommand } from '../src/index.ts';
import { component, sampleCatalog } from './sample.ts';

/** What a random edit is made of: numbers that choose among what the app has at that moment. */
export interface Intent {
  readonly kind: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly text: string;
}

const texts = fc.constantFrom(
  'plain',
  '{{ components.part1.value }}',
  'Hi {{ state.page }} {{ queries.all.data }}',
  '{{ broken',
  '',
);

/** One random edit. */
export const arbitraryIntent: fc.Arbitrary<Intent> = fc.record({
  kind: fc.nat(999),
  a: fc.nat(999),
  b: fc.nat(999),
  c: fc.nat(999),
  text: texts,
});

type Maker = (app: App, intent: Intent, serial: number) => SingleCommand;

const pick = <T>(items: readonly T[], number: number): T => items[number % items.length] as T;
const screenAt = (app: App, number: number): Screen => pick(Object.values(app.screens), number);
const idAt = (screen: Screen, number: number): string => pick(Object.keys(screen.components), number);
const roles = (intent: Intent): { roles: string[] } | null =>
  intent.b % 3 === 0 ? null : { roles: [pick(['admin', 'basic', 'role_r1'], intent.c)] };

function actions({ a, b, text }: Intent): EventAction[] {
  const action: EventAction = {
    id: 'act_1',
    type: pick(['core/show', 'core/run-query'], a),
    settings: { text, query: 'qry_1' },
  };
  return b % 4 === 0 ? [] : [{ ...action, onSuccess: [{ ...action, id: 'act_2' }] }];
}

const flowAt = (app: App, number: number): string => pick([...Object.keys(app.flows), 'flw_none'], number);

const flowTestAt = (app: App, number: number): string => pick([...Object.keys(app.flowTests), 'tst_none'], number);

function stepsOf(app: App, number: number): readonly FlowStep[] {
  const flow = app.flows[flowAt(app, number)];
  return flow === undefined ? [] : flow.steps.flatMap((step) => stepsWithin(step));
}

const stepAt = (app: App, flow: number, number: number): string =>
  pick([...stepsOf(app, flow).map(({ id }) => id), 'stp_none'], number);

function listAt(app: App, flow: number, number: number) {
  const lists = stepsOf(app, flow).flatMap((step) =>
    step.kind === 'try'
      ? ['steps', 'catch', 'finally'].map((list) => ({ step: step.id, list }))
      : step.kind === 'branch'
        ? [...step.branches.map(({ id }) => ({ step: step.id, list: id })), { step: step.id, list: 'otherwise' }]
        : [],
  );
  return pick([{ list: 'steps' }, ...lists], number);
}

/** An action, or a step that holds others; what is inside names the step before it. */
function newStep(serial: number, choice: number): FlowStep {
  const inner: FlowStep = {
    id: `stp_i${serial}`,
    name: `inner${serial}`,
    kind: 'action',
    type: 'core/log',
    settings: { message: `{{ steps.step${choice % 40}.output }} {{ trigger.x }}` },
  };
  const base = { id: `stp_o${serial}`, name: `step${serial % 40}` };
  if (choice % 3 === 0) return { ...base, kind: 'try', steps: [inner] };
  if (choice % 3 === 1) {
    return {
      ...base,
      kind: 'branch',
      branches: [{ id: `brn_${serial}`, condition: '{{ trigger.x }}', steps: [inner] }],
    };
  }
  return { ...inner, ...base };
}

function newPart(intent: Intent, serial: number): Component {
  const type = pick(['core/text', 'core/table', 'core/button', 'core/stack'], intent.c);
  return component(`part${intent.b % 4 === 0 ? intent.b : `${serial}x`}`, {
    type,
    settings: { text: intent.text, list: [{ a: 1 }, { a: 2 }] },
  });
}

const makers: readonly Maker[] = [
  (app, intent, serial) => {
    const screen = screenAt(app, intent.a);
    const inner = { ...newPart(intent, serial), name: `inner${serial}` };
    const outer = { ...newPart(intent, serial), type: 'core/stack', slots: { children: [`cmp_i${serial}`] } };
    return {
      type: 'component.add',
      screen: screen.id,
      parent: idAt(screen, intent.b),
      slot: pick(['children', 'header'], intent.a),
      index: intent.c % 5,
      root: `cmp_o${serial}`,
      components: { [`cmp_o${serial}`]: outer, [`cmp_i${serial}`]: inner },
    };
  },
  (app, { a, b, c }) => {
    const screen = screenAt(app, a);
    return {
      type: 'component.move',
      screen: screen.id,
      components: [...new Set([idAt(screen, b), idAt(screen, a)])],
      parent: idAt(screen, c),
      slot: 'children',
      index: b % 4,
    };
  },
  (app, { a, b, c }) => {
    const screen = screenAt(app, a);
    return {
      type: 'component.remove',
      screen: screen.id,
      components: [...new Set([idAt(screen, b), idAt(screen, c)])],
    };
  },
  (app, { a, b }, serial) => {
    const screen = screenAt(app, a);
    const ids = Object.fromEntries(Object.keys(screen.components).map((id, index) => [id, `cmp_d${serial}x${index}`]));
    return { type: 'component.duplicate', screen: screen.id, components: [idAt(screen, b)], ids };
  },
  (app, { a, b, c }) => {
    const screen = screenAt(app, a);
    return { type: 'component.rename', screen: screen.id, component: idAt(screen, b), name: `part${c % 20}` };
  },
  (app, { a, b, c, text }) => {
    const screen = screenAt(app, a);
    return {
      type: 'setting.set',
      screen: screen.id,
      component: idAt(screen, b),
      path: pick(['text', 'list/1/a', 'list/2', 'deep/er', 'target'], c),
      value: text,
    };
  },
  (app, { a, b, c }) => {
    const screen = screenAt(app, a);
    return {
      type: 'setting.unset',
      screen: screen.id,
      component: idAt(screen, b),
      path: pick(['text', 'list/0', 'list', 'deep/er'], c),
    };
  },
  (app, { a, b, c }) => {
    const screen = screenAt(app, a);
    return {
      type: 'layout.set',
      screen: screen.id,
      component: idAt(screen, b),
      layout: c % 3 === 0 ? null : { span: { base: (c % 12) + 1 } },
    };
  },
  (app, intent) => {
    const screen = screenAt(app, intent.a);
    return {
      type: 'events.set',
      screen: screen.id,
      ...(intent.c % 2 === 0 ? { component: idAt(screen, intent.b) } : {}),
      event: 'click',
      actions: actions(intent),
    };
  },
  (app, { a, b, text }) => {
    const screen = screenAt(app, a);
    return { type: 'visible.set', screen: screen.id, component: idAt(screen, b), visible: text === '' ? null : text };
  },
  (app, intent) => {
    const screen = screenAt(app, intent.a);
    return { type: 'componentAccess.set', screen: screen.id, component: idAt(screen, intent.b), access: roles(intent) };
  },
  (_app, { a }, serial) => ({
    type: 'screen.add',
    screen: {
      id: `scr_n${serial}`,
      name: `screen${a % 10}`,
      title: 'New',
      route: `/n${a % 10}`,
      root: 'cmp_r',
      components: { cmp_r: component('root', { type: 'core/stack' }) },
    },
  }),
  (app, { a }) => ({ type: 'screen.remove', screen: screenAt(app, a).id }),
  (app, { a, b }) => ({ type: 'screen.rename', screen: screenAt(app, a).id, name: `screen${b % 10}` }),
  (app, intent) => ({
    type: 'screen.update',
    screen: screenAt(app, intent.a).id,
    changes: {
      title: intent.text,
      route: `/u${intent.b % 6}`,
      access: roles(intent),
      width: intent.c % 2 === 0 ? null : 'full',
    },
  }),
  (app, { a, b }, serial) => ({
    type: 'screen.duplicate',
    screen: screenAt(app, a).id,
    id: `scr_d${serial}`,
    name: `copy${b % 6}`,
    route: `/c${b % 6}`,
    ids: Object.fromEntries((screenAt(app, a).state ?? []).map(({ id }, index) => [id, `sta_c${serial}x${index}`])),
  }),
  (_app, { a }, serial) => ({
    type: 'query.add',
    query: {
      id: `qry_${serial}`,
      name: pick(['all', 'one', 'two'], a),
      dataSource: 'src_1',
      kind: 'sql',
      settings: {},
      parameters: [],
      mode: 'read',
      run: 'load',
    },
  }),
  (app, { a }) => ({ type: 'query.remove', query: pick([...Object.keys(app.queries), 'qry_none'], a) }),
  (app, { a, b }) => ({
    type: 'query.rename',
    query: pick([...Object.keys(app.queries), 'qry_none'], a),
    name: pick(['all', 'one', 'two', 'three'], b),
  }),
  (app, intent) => ({
    type: 'query.update',
    query: pick([...Object.keys(app.queries), 'qry_none'], intent.a),
    changes: { settings: { sql: intent.text }, access: roles(intent) },
  }),
  (app, { a, b, c }) => ({
    type: 'state.set',
    ...(c % 2 === 0 ? { screen: screenAt(app, a).id } : {}),
    variables: b % 4 === 0 ? [] : [{ id: `sta_${c % 4}`, name: pick(['page', 'filter'], a), initial: b }],
  }),
  (_app, { a }) => ({ type: 'theme.set', theme: a % 2 === 0 ? {} : { primary: '#112233', radius: 'small' } }),
  (app, { a, b }) => ({
    type: 'navigation.set',
    navigation: {
      style: 'top',
      items: b % 3 === 0 ? [] : [{ id: 'nav_1', label: 'One', screen: screenAt(app, a).id }],
    },
  }),
  (app, { a, b }) => ({
    type: 'app.update',
    changes: { name: `App ${a}`, home: b % 3 === 0 ? null : screenAt(app, b).id },
  }),
  (_app, { a, b }) => ({
    type: 'access.update',
    changes: {
      allowVisitors: a % 2 === 0,
      memberRole: pick(['basic', 'none', 'role_r1'], b),
      tables: b % 2 === 0 ? null : { 'src_1/t': { view: { roles: ['basic'] } } },
    },
  }),
  (_app, { a, b }) => ({
    type: 'role.add',
    role: { id: `role_r${a % 3}`, name: `Role ${b % 4}`, inherits: b % 2 === 0 ? [] : [pick(['basic', 'role_r1'], a)] },
  }),
  (_app, { a, b }) => ({ type: 'role.rename', role: `role_r${a % 3}`, name: `Role ${b % 4}` }),
  (_app, { a, b }) => ({
    type: 'role.update',
    role: `role_r${a % 3}`,
    changes: { inherits: [pick(['basic', 'role_r0', 'role_r1'], b)] },
  }),
  (_app, { a }) => ({ type: 'role.remove', role: `role_r${a % 3}` }),
  (_app, { a, b }, serial) => ({
    type: 'flow.add',
    flow: {
      id: `flw_n${serial}`,
      name: `flow${a % 5}`,
      trigger: { type: 'core/manual', settings: {} },
      steps: [newStep(serial, b)],
    },
  }),
  (app, { a }) => ({ type: 'flow.remove', flow: flowAt(app, a) }),
  (app, { a, b }) => ({ type: 'flow.rename', flow: flowAt(app, a), name: `flow${b % 5}` }),
  (app, { a, b, c }) => ({
    type: 'flow.update',
    flow: flowAt(app, a),
    changes: {
      disabled: b % 2 === 0 ? null : true,
      timeoutMs: c % 3 === 0 ? null : 5_000 + c,
      rateLimit: c % 2 === 0 ? null : { limit: 3, periodMs: 60_000 },
      retention: b % 3 === 0 ? null : { failed: { days: 30 } },
    },
  }),
  (app, { a, b, c, text }, serial) => ({
    type: 'flowTest.add',
    test: {
      id: `tst_n${serial}`,
      name: `test${a % 6}`,
      flow: flowAt(app, b),
      trigger: { text },
      mocks: [{ step: `step${c % 40}`, output: { text } }],
      expect: {
        state: 'succeeded',
        order: [`step${c % 40}`],
        steps: [{ step: `step${b % 40}`, output: { that: `steps.step${b % 40}.output == value` } }],
        never: [`inner${c}`],
        that: ['{{ trigger.text != "" }}', `steps.step${c % 40}.state`],
      },
    },
  }),
  (app, { a }) => ({ type: 'flowTest.remove', test: flowTestAt(app, a) }),
  (app, { a, b }) => ({ type: 'flowTest.rename', test: flowTestAt(app, a), name: `test${b % 6}` }),
  (app, { a, b, c, text }) => ({
    type: 'flowTest.update',
    test: flowTestAt(app, a),
    changes: {
      description: text === '' ? null : text,
      disabled: b % 2 === 0 ? null : true,
      mocks: c % 3 === 0 ? null : [{ step: 'step1', call: 1 + (c % 3), error: { code: 'x', message: text } }],
      trigger: b % 5 === 0 ? null : { text },
    },
  }),
  (app, { a, b, c }, serial) => ({
    type: 'step.add',
    flow: flowAt(app, a),
    to: listAt(app, a, b),
    index: c % 3,
    step: newStep(serial, c),
  }),
  (app, { a, b, c }) => ({
    type: 'step.move',
    flow: flowAt(app, a),
    step: stepAt(app, a, b),
    to: listAt(app, a, c),
    index: c % 3,
  }),
  (app, { a, b }) => ({ type: 'step.remove', flow: flowAt(app, a), step: stepAt(app, a, b) }),
  (app, { a, b, c }) => ({ type: 'step.rename', flow: flowAt(app, a), step: stepAt(app, a, b), name: `step${c % 40}` }),
  (app, { a, b, text }) => ({
    type: 'step.update',
    flow: flowAt(app, a),
    step: stepAt(app, a, b),
    changes: { description: text === '' ? null : text },
  }),
];

/** The command an intent means in the app as it is now; now and then a batch of two. */
export function commandFor(app: App, intent: Intent, serial: number): Command {
  const make = pick(makers, intent.kind);
  const command = make(app, intent, serial);
  if (intent.c % 11 !== 0) return command;
  const other = pick(makers, intent.kind + intent.b)(app, intent, serial + 500_000);
  return { type: 'batch', commands: [command, other] };
}

export { sampleCatalog };
