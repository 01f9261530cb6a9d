import { isJsonObject } from '@fettle/base';
import type { FlowStep, FlowStepKind, FlowWait } from '@fettle/definition';
import { choice, setting } from '@fettle/sdk';
import { Type, type TObject } from 'typebox';
import { laneHeads } from '../edit/lanes.ts';
import { namedEntries, parameterList } from './parameter-list.ts';

/** How the settings of a step kind are shown in the one settings form. */
export interface StepForm {
  readonly schema: TObject;
  /** The values of the form. */
  readonly read: (step: FlowStep) => Readonly<Record<string, unknown>>;
  /** The members that change when a value of the form does; null takes one away. */
  readonly change: (step: FlowStep, name: string, value: unknown) => Readonly<Record<string, unknown>>;
}

type Values = Readonly<Record<string, unknown>>;

const expression = (title: string, placeholder: string, description?: string) =>
  setting(Type.String(), {
    title,
    ...(description === undefined ? {} : { description }),
    ui: { editor: 'expression', placeholder },
  });
const laneName = Type.Optional(setting(Type.String({ maxLength: 100 }), { title: 'Name', ui: { bindable: false } }));

/** Members that must be there, also while nothing is written in them. */
const emptied: Values = {
  items: '',
  condition: '',
  value: '',
  values: {},
  limit: 100,
  mode: 'call',
  outcome: 'success',
};

function direct(schema: TObject, read: StepForm['read'] = (step) => step as unknown as Values): StepForm {
  return { schema, read, change: (_step, name, value) => ({ [name]: value ?? emptied[name] ?? null }) };
}

/** The forms by step kind. Actions have the form of their manifest. */
export const stepForms: Readonly<Record<Exclude<FlowStepKind, 'action'>, StepForm>> = {
  branch: direct(
    Type.Object({
      branches: setting(
        Type.Array(
          Type.Object({
            id: Type.String(),
            condition: expression('Condition', '{{ trigger.amount > 100 }}'),
            name: laneName,
          }),
          { minItems: 1 },
        ),
        { title: 'Ways', description: 'The first whose condition holds is taken, else “Otherwise”.' },
      ),
    }),
    (step) => ({ branches: laneHeads(step) }),
  ),
  switch: direct(
    Type.Object({
      value: expression('Value', '{{ trigger.kind }}'),
      cases: setting(
        Type.Array(Type.Object({ id: Type.String(), equals: setting(Type.String(), { title: 'Equals' }) }), {
          minItems: 1,
        }),
        { title: 'Cases', description: 'Without a case that equals the value, “Otherwise” is taken.' },
      ),
    }),
    (step) => ({ value: step.kind === 'switch' ? step.value : '', cases: laneHeads(step) }),
  ),
  parallel: direct(
    Type.Object({
      join: choice(['all', 'first'], {
        title: 'Goes on when',
        default: 'all',
        labels: { all: 'All are done', first: 'The first is done' },
      }),
      lanes: setting(Type.Array(Type.Object({ id: Type.String(), name: laneName }), { minItems: 1 }), {
        title: 'Lanes',
      }),
    }),
    (step) => ({
      ...(step.kind === 'parallel' && step.join !== undefined ? { join: step.join } : {}),
      lanes: laneHeads(step),
    }),
  ),
  forEach: {
    schema: Type.Object({
      source: choice(['items', 'rows'], {
        title: 'Goes over',
        default: 'items',
        labels: { items: 'A list', rows: 'Rows of a table' },
        ui: { bindable: false },
      }),
      items: setting(Type.String(), {
        title: 'List',
        ui: {
          editor: 'expression',
          placeholder: '{{ steps.find.output.rows }}',
          when: { setting: 'source', in: ['items'] },
        },
      }),
      rows: setting(Type.Object({}), {
        title: 'Table',
        description: 'Read page by page, so that it may have millions of rows.',
        ui: { editor: 'table', when: { setting: 'source', in: ['rows'] } },
      }),
      filter: Type.Optional(
        setting(Type.Object({}), {
          title: 'Only rows where',
          ui: { editor: 'filter', of: 'rows', when: { setting: 'source', in: ['rows'] } },
        }),
      ),
      as: Type.Optional(
        setting(Type.String(), {
          title: 'Name of one item',
          default: 'item',
          description: 'What expressions inside call it.',
          ui: { bindable: false, advanced: true },
        }),
      ),
      concurrency: Type.Optional(
        setting(Type.Integer({ minimum: 1, maximum: 100 }), {
          title: 'How many at once',
          default: 1,
          ui: { bindable: false, advanced: true },
        }),
      ),
      batchSize: Type.Optional(
        setting(Type.Integer({ minimum: 1, maximum: 10_000 }), {
          title: 'Take items in lists of',
          ui: { bindable: false, advanced: true },
        }),
      ),
      collect: Type.Optional(
        setting(Type.String(), {
          title: 'Collect from each turn',
          description: 'Kept as output.results, 10,000 at most.',
          ui: { editor: 'expression', advanced: true },
        }),
      ),
    }),
    read: (step) => {
      if (step.kind !== 'forEach') return {};
      const { rows, ...others } = step;
      if (rows === undefined) return { ...others, source: 'items' };
      return {
        ...others,
        source: 'rows',
        rows: { dataSource: rows.dataSource, table: rows.table },
        filter: rows.filter,
      };
    },
    change: changeForEach,
  },
  while: direct(
    Type.Object({
      condition: expression('As long as', '{{ vars.attempts < 5 }}', 'Sees what the last turn gave.'),
      limit: setting(Type.Integer({ minimum: 1, maximum: 1_000_000 }), {
        title: 'Turns at most',
        description: 'More are a failure.',
        ui: { bindable: false },
      }),
    }),
  ),
  try: {
    schema: Type.Object({
      catches: setting(Type.Boolean(), {
        title: 'Do something when a step fails',
        description: 'Without it, the failure goes on to the outside.',
        ui: { bindable: false },
      }),
      finally: setting(Type.Boolean(), {
        title: 'Do something in any case',
        description: 'After success and after failure, to tidy up.',
        ui: { bindable: false },
      }),
    }),
    read: (step) =>
      step.kind === 'try' ? { catches: step.catch !== undefined, finally: step.finally !== undefined } : {},
    change: (_step, name, value) => ({ [name === 'catches' ? 'catch' : 'finally']: value === true ? [] : null }),
  },
  wait: {
    schema: Type.Object({
      kind: choice(['duration', 'until', 'callback', 'approval'], {
        title: 'Waits for',
        labels: { duration: 'Some time', until: 'A time', callback: 'Another system', approval: 'People' },
        ui: { editor: 'select', bindable: false },
      }),
      duration: setting(Type.String(), {
        title: 'How long',
        description: 'Such as 30s, 15m, 2h or 3d.',
        ui: { when: { setting: 'kind', in: ['duration'] } },
      }),
      time: setting(Type.String(), {
        title: 'Until',
        description: 'Such as 2030-01-31T09:00:00Z.',
        ui: { when: { setting: 'kind', in: ['until'] } },
      }),
      title: setting(Type.String(), {
        title: 'Question',
        ui: { placeholder: 'Give {{ trigger.name }} access?', when: { setting: 'kind', in: ['approval'] } },
      }),
      message: Type.Optional(
        setting(Type.String(), {
          title: 'Details',
          ui: { editor: 'multiline', when: { setting: 'kind', in: ['approval'] } },
        }),
      ),
      assignees: setting(Type.Array(Type.String()), {
        title: 'Who is asked',
        description: 'Roles of the app, people, or any address. The first answer counts.',
        ui: { editor: 'approvers', when: { setting: 'kind', in: ['approval'] } },
      }),
      fields: Type.Optional(
        parameterList({
          title: 'Fields to fill in',
          description: 'With an approval. Later steps read them as output.values.',
          ui: { bindable: false, when: { setting: 'kind', in: ['approval'] } },
        }),
      ),
      deadline: Type.Optional(
        setting(Type.String(), {
          title: 'Answer within',
          description: 'Such as 2d. Without an answer by then, others are asked as well, or approved is false.',
          ui: { when: { setting: 'kind', in: ['approval', 'callback'] } },
        }),
      ),
      escalations: Type.Optional(
        setting(
          Type.Array(
            setting(
              Type.Object({
                to: setting(Type.Array(Type.String()), { title: 'Who is asked as well', ui: { editor: 'approvers' } }),
                deadline: Type.Optional(
                  setting(Type.String(), {
                    title: 'Answer within',
                    description: 'Such as 1d. Empty: as long as those before.',
                  }),
                ),
              }),
              { title: 'Level' },
            ),
          ),
          {
            title: 'When nobody answers in time',
            description:
              'Others are asked as well, level by level. Who was asked before may still answer. After the last level the flow goes on, and approved is false.',
            ui: { bindable: false, when: { setting: 'kind', in: ['approval'] } },
          },
        ),
      ),
    }),
    read: (step) => (step.kind === 'wait' ? step.for : {}),
    change: changeWait,
  },
  subFlow: direct(
    Type.Object({
      flow: setting(Type.String(), { title: 'Flow', ui: { editor: 'flow', bindable: false } }),
      mode: choice(['call', 'start'], {
        title: 'Then',
        labels: { call: 'Wait for its end', start: 'Go on at once' },
        ui: { bindable: false },
      }),
      input: Type.Optional(setting(Type.Object({}), { title: 'Input', ui: { editor: 'parameters', of: 'flow' } })),
    }),
  ),
  setVariables: direct(
    Type.Object({
      values: setting(Type.Object({}), {
        title: 'Values',
        description: 'Later steps read them as vars.name.',
        ui: { editor: 'keyValue' },
      }),
    }),
  ),
  stop: direct(
    Type.Object({
      outcome: choice(['success', 'failure'], {
        title: 'The run ends as a',
        labels: { success: 'Success', failure: 'Failure' },
        ui: { bindable: false },
      }),
      message: Type.Optional(setting(Type.String(), { title: 'Message' })),
    }),
  ),
  return: direct(
    Type.Object({ value: expression('Value', '{{ steps.find.output }}', 'What whoever called the flow gets.') }),
  ),
};

function changeForEach(step: FlowStep, name: string, value: unknown): Values {
  if (step.kind !== 'forEach') return {};
  if (name === 'source') {
    return value === 'rows'
      ? { items: null, rows: step.rows ?? { dataSource: '', table: '' } }
      : { rows: null, items: step.items ?? '' };
  }
  if (name === 'rows') return { rows: { dataSource: '', table: '', ...(isJsonObject(value) ? value : {}) } };
  if (name === 'filter') {
    const { filter: _old, ...rows } = step.rows ?? { dataSource: '', table: '' };
    return { rows: value === undefined ? rows : { ...rows, filter: value } };
  }
  return { [name]: value ?? (name === 'items' ? '' : null) };
}

const newWaits: Readonly<Record<FlowWait['kind'], FlowWait>> = {
  duration: { kind: 'duration', duration: '10m' },
  until: { kind: 'until', time: '' },
  callback: { kind: 'callback' },
  approval: { kind: 'approval', title: '', assignees: [] },
};
const emptyWait: Values = { duration: '', time: '', title: '', assignees: [] };

function fieldsOf(value: unknown): unknown {
  const fields = namedEntries(value, 'field');
  return fields.length === 0 ? undefined : fields;
}

/** Levels are there as long as they are in the list, also while nobody is named yet. */
function levelsOf(value: unknown): unknown {
  const levels = (Array.isArray(value) ? (value as readonly unknown[]) : [])
    .filter(isJsonObject)
    .map(({ to, deadline }) => ({
      to: Array.isArray(to) ? to : [],
      ...(typeof deadline === 'string' && deadline !== '' ? { deadline } : {}),
    }));
  return levels.length === 0 ? undefined : levels;
}

function changeWait(step: FlowStep, name: string, value: unknown): Values {
  if (step.kind !== 'wait') return {};
  if (name === 'kind') return { for: newWaits[value as FlowWait['kind']] };
  const { [name]: _old, ...rest } = step.for as unknown as Values;
  const next =
    name === 'fields' ? fieldsOf(value) : name === 'escalations' ? levelsOf(value) : (value ?? emptyWait[name]);
  return { for: next === undefined ? rest : { ...rest, [name]: next } };
}
