import { isJsonObject, type Json } from '@fettle/base';
import { hasBinding } from '@fettle/expression';
import type { App } from '../app.ts';
import { pointerKeys } from '../json-pointer.ts';
import type { Flow } from '../kinds/flow.ts';
import type { FlowInput } from '../kinds/common.ts';
import { inputMisfit } from '../parameters/check-parameters.ts';
import type { Reference } from '../references/reference.ts';
import type { AppProblem } from './app-problem.ts';

/** What a flow is given where another flow, or a screen, starts it: against the inputs that it declares. */
export function flowInputProblems(app: App, references: readonly Reference[]): readonly AppProblem[] {
  return references.flatMap(({ from, to, by }) => {
    const flow = to.kind === 'flow' && by === 'id' ? app.flows[to.id] : undefined;
    if (flow === undefined || !startsFlow(from.path) || !takesInputs(flow)) return [];
    const starting = objectAt(app, from.path.slice(0, from.path.lastIndexOf('/')));
    if (starting === undefined) return [];
    const given = starting['input'] ?? {};
    // Bound as a whole: what it holds is known when it runs.
    if (!isJsonObject(given)) return [];
    const path = `${from.path.slice(0, -'flow'.length)}input`;
    return problemsOf(flow, given).map((problem) => ({ ...from, ...problem, path }));
  });
}

const takesInputs = ({ trigger, inputs = [] }: Flow): boolean => trigger.type === 'core/manual' && inputs.length > 0;

/** Tests and triggers name flows, too, and start none. */
const startsFlow = (path: string): boolean =>
  path.endsWith('/flow') && !path.startsWith('/flowTests/') && !/^\/flows\/[^/]+\/trigger\//.test(path);

type Found = Pick<AppProblem, 'severity' | 'code' | 'message' | 'hint'>;

function problemsOf({ name, inputs = [] }: Flow, given: Readonly<Record<string, Json>>): readonly Found[] {
  const declared = new Map(inputs.map((input) => [input.name, input]));
  const unknown = Object.keys(given).filter((key) => !declared.has(key));
  return [
    ...inputs.flatMap((input) => problemOf(name, input, given[input.name])),
    ...unknown.map((key): Found => ({
      severity: 'warning',
      code: 'flow.input-unknown',
      message: `The flow "${name}" has no input "${key}".`,
      hint: `It has ${[...declared.keys()].map((one) => `"${one}"`).join(', ')}.`,
    })),
  ];
}

function problemOf(flow: string, input: FlowInput, value: Json | undefined): readonly Found[] {
  if (typeof value === 'string' && hasBinding(value)) return [];
  const reason = inputMisfit(value, input);
  if (reason === undefined) return [];
  return [
    {
      severity: 'error',
      code: 'flow.input-misfit',
      message: `The flow "${flow}" cannot be started with this: ${reason}`,
      hint: 'Give each input a value of its type, or bind one.',
    },
  ];
}

/** The object at a place; undefined when something around it is switched off. */
function objectAt(app: App, path: string): Readonly<Record<string, unknown>> | undefined {
  let at: unknown = app;
  for (const key of pointerKeys(path)) {
    if (typeof at !== 'object' || at === null || (at as { disabled?: unknown }).disabled === true) return undefined;
    at = (at as Readonly<Record<string, unknown>>)[key];
  }
  const isThere = typeof at === 'object' && at !== null && (at as { disabled?: unknown }).disabled !== true;
  return isThere ? (at as Readonly<Record<string, unknown>>) : undefined;
}
