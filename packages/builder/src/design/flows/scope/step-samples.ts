import { isJsonObject } from '@fettle/base';
import { loopNames, type App, type Flow, type FlowInput, type FlowStep, type StepScope } from '@fettle/definition';
import { evaluateOn } from '../../binding/expression-world.ts';
import type { DataPick } from '../../binding/binding-scope.ts';
import { sampleOfSchema } from '../../events/sample-of-schema.ts';
import { parseTemplate, type LibraryDefinitions } from '@fettle/expression';
import type { FlowManifests } from '../../../extensions.ts';

/** What steps gave and what the trigger brought, where a recorded run says it: by step name. */
export interface RecordedValues {
  readonly trigger?: unknown;
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** What expressions are tried on. */
interface Trial {
  readonly values: Readonly<Record<string, unknown>>;
  readonly functions: LibraryDefinitions | undefined;
}

/** Samples of everything that an expression at a place in a flow can name. */
export function sampleValues(options: {
  readonly app: Pick<App, 'flows'>;
  readonly flow: Flow;
  readonly scope: StepScope;
  readonly manifests: FlowManifests;
  readonly recorded?: RecordedValues | undefined;
  readonly functions?: LibraryDefinitions | undefined;
}): Readonly<Record<string, unknown>> {
  const { app, flow, scope, manifests, recorded, functions } = options;
  const trigger = recorded?.trigger ?? sampleTrigger(flow, manifests);
  const variables = Object.fromEntries((flow.variables ?? []).map(({ name, initial }) => [name, initial]));
  const values: Record<string, unknown> = {
    trigger,
    steps: {},
    vars: variables,
    user: { id: 'usr_ada', name: 'Ada Lovelace', email: 'ada@example.com' },
    env: {},
    run: { id: 'run_example', links: {} },
  };
  const steps = values['steps'] as Record<string, unknown>;
  for (const step of scope.earlier) {
    const output = recorded?.outputs[step.name] ?? sampleOutput(step, { app, manifests, values, functions });
    steps[step.name] = { output, state: 'succeeded' };
    if (step.kind === 'setVariables') values['vars'] = { ...(values['vars'] as object), ...(output as object) };
  }
  for (const loop of scope.loops) {
    for (const name of loopNames(loop)) values[name] = name === 'index' ? 0 : sampleItem(loop, { values, functions });
  }
  if (scope.hasError)
    values['error'] = {
      code: 'http.status',
      message: 'The server answered 503.',
      step: scope.earlier.at(-1)?.name ?? '',
    };
  return values;
}

/** What starts the flow brings, as an example: its inputs when it has some, else what the trigger announces. */
export function sampleTrigger(flow: Flow, manifests: FlowManifests): unknown {
  const manifest = manifests.triggers.find(({ id }) => id === flow.trigger.type);
  const sample = manifest?.sample ?? sampleOfSchema(manifest?.payload) ?? {};
  if (flow.inputs === undefined || flow.inputs.length === 0) return sample;
  const inputs = Object.fromEntries(flow.inputs.map((input) => [input.name, sampleInput(input)]));
  return isJsonObject(sample) ? { ...sample, ...inputs } : inputs;
}

const inputSamples: Readonly<Record<FlowInput['type'], unknown>> = {
  text: 'Text',
  integer: 1,
  number: 1.5,
  decimal: '1.50',
  boolean: true,
  date: '2030-01-31',
  timestamp: '2030-01-31T09:00:00Z',
  json: {},
  list: [],
  file: { id: 'file_1', name: 'receipt.pdf', size: 48_213, type: 'application/pdf' },
};

function sampleInput({ name, type, default: fallback }: FlowInput): unknown {
  if (fallback !== undefined) return fallback;
  return type === 'text' && /mail/i.test(name) ? 'ada@example.com' : inputSamples[type];
}

function sampleOutput(
  step: FlowStep,
  context: {
    readonly app: Pick<App, 'flows'>;
    readonly manifests: FlowManifests;
  } & Trial,
): unknown {
  switch (step.kind) {
    case 'action': {
      const manifest = context.manifests.actions.find(({ id }) => id === step.type);
      return manifest?.sample ?? sampleOfSchema(manifest?.output) ?? {};
    }
    case 'branch':
    case 'switch':
      return { chosen: 'otherwise' };
    case 'forEach':
      return { count: 3, ...(step.collect === undefined ? {} : { results: [] }) };
    case 'while':
      return { count: 3 };
    case 'try':
      return { failed: false };
    case 'wait':
      return step.for.kind === 'approval'
        ? {
            approved: true,
            values: {},
            by: { via: 'account', id: 'usr_example', name: 'Grace Hopper', email: 'grace@example.com' },
            comment: 'Fine with me',
          }
        : {};
    case 'setVariables':
      return Object.fromEntries(Object.entries(step.values).map(([name, value]) => [name, tryValue(value, context)]));
    case 'subFlow':
      return step.mode === 'start' ? { run: 'run_example' } : {};
    default:
      return null;
  }
}

/** The first item that a loop's list has in the samples. */
function sampleItem(loop: FlowStep, trial: Trial): unknown {
  if (loop.kind !== 'forEach' || loop.items === undefined) return {};
  const list = tryValue(loop.items, trial);
  const [first] = Array.isArray(list) ? (list as readonly unknown[]) : [];
  if (loop.batchSize !== undefined) return Array.isArray(list) ? list.slice(0, loop.batchSize) : [];
  return first ?? {};
}

function tryValue(value: unknown, { values, functions }: Trial): unknown {
  if (typeof value !== 'string' || !value.includes('{{')) return value;
  const template = parseTemplate(value);
  if (!template.ok) return null;
  try {
    return evaluateOn(template.value, values, functions);
  } catch {
    return null;
  }
}

/** What a person can pick from, nearest first: the loop around, the steps before, the trigger, and what is always there. */
export function picksOf(
  values: Readonly<Record<string, unknown>>,
  scope: StepScope,
  titles: { readonly trigger: string; readonly step: (step: FlowStep) => string },
): readonly DataPick[] {
  const steps = values['steps'] as Readonly<Record<string, { readonly output: unknown }>>;
  const inLoop = scope.loops.flatMap(loopNames).map((name) => ({
    title: name,
    source: name,
    value: values[name],
    group: 'This turn of the loop',
  }));
  const always = ['vars', 'user', 'env'].flatMap((name) =>
    isJsonObject(values[name]) && Object.keys(values[name]).length === 0
      ? []
      : [{ title: name, source: name, value: values[name], group: 'Always there' }],
  );
  return [
    ...(scope.hasError ? [{ title: 'error', source: 'error', value: values['error'], group: 'What failed' }] : []),
    ...new Map(inLoop.map((pick) => [pick.source, pick])).values(),
    ...scope.earlier.toReversed().map((step) => ({
      title: titles.step(step),
      source: `steps.${step.name}.output`,
      value: steps[step.name]?.output,
      group: 'Earlier steps',
    })),
    { title: titles.trigger, source: 'trigger', value: values['trigger'], group: 'Trigger' },
    ...always,
  ];
}
