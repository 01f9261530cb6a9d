import type { KnownNames } from '@fettle/expression';
import { members, shapeOfRowsIn, shapeOfSchema, type RowShapes, type Shape } from '../check/shapes.ts';
import type { Flow } from '../kinds/flow.ts';
import type { FlowStep } from '../kinds/flow-step.ts';
import type { ExtensionCatalog } from '../uses.ts';

/** What the expressions of a place in a flow see, besides what every expression of the flow sees. */
export interface StepScope {
  /** Steps that can have run before, in the order they run. Of other branches, lanes and loops' turns: none. */
  readonly earlier: readonly FlowStep[];
  /** The loops around the place, outermost first. */
  readonly loops: readonly FlowLoop[];
  /** Inside a `catch`: `error` says what failed. */
  readonly hasError: boolean;
}

/** A step that runs its steps again and again. */
export type FlowLoop = Extract<FlowStep, { readonly kind: 'forEach' | 'while' }>;

/** Scopes of the steps of a flow, by step id. */
export interface FlowScopes {
  /** What the settings of a step see. */
  readonly at: ReadonlyMap<string, StepScope>;
  /** What is asked after a turn of a loop sees: the condition of `while`, what `forEach` collects. */
  readonly afterTurn: ReadonlyMap<string, StepScope>;
}

/** Works out what each step of a flow sees. Disabled steps never run, so nothing sees them. */
export function stepScopes(flow: Pick<Flow, 'steps'>): FlowScopes {
  const reader = new ScopeReader();
  reader.readList(flow.steps, { earlier: [], loops: [], hasError: false });
  return { at: reader.at, afterTurn: reader.afterTurn };
}

class ScopeReader {
  readonly at = new Map<string, StepScope>();
  readonly afterTurn = new Map<string, StepScope>();

  /** Answers the steps that what follows the list sees. */
  readList(steps: readonly FlowStep[] | undefined, scope: StepScope): readonly FlowStep[] {
    let earlier = scope.earlier;
    for (const step of steps ?? []) {
      const own = { ...scope, earlier };
      this.at.set(step.id, own);
      const inner = this.#readInside(step, own);
      if (step.disabled !== true) earlier = [...earlier, step, ...inner];
    }
    return earlier.slice(scope.earlier.length);
  }

  /** Answers the steps inside that what follows the step sees. */
  #readInside(step: FlowStep, scope: StepScope): readonly FlowStep[] {
    switch (step.kind) {
      case 'branch':
      case 'switch': {
        const lists = step.kind === 'branch' ? step.branches : step.cases;
        return [...lists.map(({ steps }) => steps), step.otherwise].flatMap((steps) => this.readList(steps, scope));
      }
      case 'parallel':
        return step.lanes.flatMap(({ steps }) => this.readList(steps, scope));
      case 'forEach':
      case 'while':
        return this.#readLoop(step, scope);
      case 'try': {
        const tried = this.readList(step.steps, scope);
        const afterTry = { ...scope, earlier: [...scope.earlier, ...tried] };
        const caught = this.readList(step.catch, { ...afterTry, hasError: true });
        const afterCatch = { ...scope, earlier: [...afterTry.earlier, ...caught] };
        return [...tried, ...caught, ...this.readList(step.finally, afterCatch)];
      }
      default:
        return [];
    }
  }

  #readLoop(step: FlowLoop, scope: StepScope): readonly FlowStep[] {
    const inside = { ...scope, loops: [...scope.loops, step] };
    const inner = this.readList(step.steps, inside);
    this.afterTurn.set(step.id, { ...inside, earlier: [...scope.earlier, ...inner] });
    // The last turn of `while` is seen after it; the turns of `forEach` go side by side and are not.
    return step.kind === 'while' ? inner : [];
  }
}

/** Where the names of a flow are looked up. With `rows`, the columns of rows are known as well. */
export interface FlowNameOptions {
  readonly catalog: Pick<ExtensionCatalog, 'flowAction' | 'flowTrigger'>;
  readonly rows?: RowShapes | undefined;
}

/** The names that expressions at a place know. */
export function flowKnownNames(flow: Flow, scope: StepScope, options: FlowNameOptions): KnownNames {
  const steps = allSteps(flow.steps);
  const setNames = steps.flatMap((step) => (step.kind === 'setVariables' ? Object.keys(step.values) : []));
  const names = [...(flow.variables ?? []).map(({ name }) => name), ...setNames];
  return {
    trigger: triggerShape(flow, options),
    env: true,
    user: { id: true, name: true, email: true },
    vars: members(names),
    run: { id: true, links: members(steps.map(({ name }) => name)) },
    steps: Object.fromEntries(
      scope.earlier.map((step) => [step.name, { output: outputShape(step, options), state: true, error: true }]),
    ),
    ...members(scope.loops.flatMap(loopNames)),
    ...Object.fromEntries(scope.loops.flatMap((loop) => rowOfLoop(loop, options))),
    ...(scope.hasError ? { error: { code: true, message: true, hint: true, step: true, details: true } } : {}),
  };
}

/** What starts the flow brings, and its inputs. */
function triggerShape({ trigger, inputs = [] }: Flow, { catalog, rows }: FlowNameOptions): Shape {
  const { gives } = catalog.flowTrigger?.(trigger.type) ?? {};
  const shape = shapeOfSchema(gives, { settings: trigger.settings, rows });
  return shape === true ? true : { ...shape, ...members(inputs.map(({ name }) => name)) };
}

function outputShape(step: FlowStep, { catalog, rows }: FlowNameOptions): Shape {
  if (step.kind !== 'action') return true;
  return shapeOfSchema(catalog.flowAction?.(step.type)?.gives, { settings: step.settings, rows });
}

/** What a loop over the rows of a table calls each of them. */
function rowOfLoop(loop: FlowLoop, { rows }: FlowNameOptions): readonly (readonly [string, Shape])[] {
  if (loop.kind !== 'forEach' || loop.rows === undefined || loop.batchSize !== undefined) return [];
  return [[loop.as ?? 'item', shapeOfRowsIn(loop.rows, rows)]];
}

/** The names a loop adds for the steps inside: the item as the loop calls it, and `index` from 0. */
export function loopNames(loop: FlowLoop): readonly string[] {
  return loop.kind === 'forEach' ? [loop.as ?? 'item', 'index'] : ['index'];
}

/** Every step of a tree, each before those inside it. */
export function allSteps(steps: readonly FlowStep[] | undefined): readonly FlowStep[] {
  return (steps ?? []).flatMap((step) => [step, ...stepLists(step).flatMap((list) => allSteps(list.steps))]);
}

/** A list of steps in a step: the key or, in branches, cases and lanes, the id by which commands name it. */
export interface NamedStepList {
  readonly list: string;
  readonly steps: readonly FlowStep[];
}

/** The lists of steps in a step as they run, those that are absent as empty ones. */
export function stepLists(step: FlowStep): readonly NamedStepList[] {
  const list = (name: string, steps: readonly FlowStep[] | undefined): NamedStepList => ({
    list: name,
    steps: steps ?? [],
  });
  switch (step.kind) {
    case 'branch':
      return [...step.branches.map(({ id, steps }) => list(id, steps)), list('otherwise', step.otherwise)];
    case 'switch':
      return [...step.cases.map(({ id, steps }) => list(id, steps)), list('otherwise', step.otherwise)];
    case 'parallel':
      return step.lanes.map(({ id, steps }) => list(id, steps));
    case 'forEach':
    case 'while':
      return [list('steps', step.steps)];
    case 'try':
      return [list('steps', step.steps), list('catch', step.catch), list('finally', step.finally)];
    default:
      return [];
  }
}
