import { isJsonObject, type Problem } from '@fettle/base';
import type { App } from '../app.ts';
import type { Flow } from '../kinds/flow.ts';
import { flowStepSchemas, nestedSteps, type FlowStepKind } from '../kinds/flow-step.ts';
import { appLimits } from '../limits.ts';
import { checkSchema } from '../load/check-schema.ts';

/** The steps of each flow are valid all the way down, with ids and names of their own. */
export function flowSteps(app: App): readonly Problem[] {
  return Object.values(app.flows).flatMap(checkFlowSteps);
}

/** The same for one flow. */
export function checkFlowSteps(flow: Flow): readonly Problem[] {
  return new FlowReader().read(flow.steps, `/flows/${flow.id}/steps`);
}

class FlowReader {
  readonly #problems: Problem[] = [];
  readonly #ids = new Set<string>();
  readonly #names = new Set<string>();

  read(steps: unknown, path: string): readonly Problem[] {
    this.#readList(steps, path, 1);
    if (this.#ids.size > appLimits.stepsPerFlow) {
      this.#refuse(path, 'limit.count', `A flow can have ${appLimits.stepsPerFlow} steps at most.`);
    }
    return this.#problems;
  }

  #readList(steps: unknown, path: string, depth: number): void {
    if (!Array.isArray(steps)) return this.#refuse(path, 'flow.list', 'This must be a list of steps.');
    if (depth > appLimits.actionDepth) {
      return this.#refuse(path, 'flow.too-deep', `Steps can be nested ${appLimits.actionDepth} levels deep at most.`);
    }
    steps.forEach((step: unknown, index) => this.#readStep(step, `${path}/${index}`, depth));
  }

  #readStep(step: unknown, path: string, depth: number): void {
    if (!isJsonObject(step)) return this.#refuse(path, 'flow.step', 'A step is an object.');
    const { kind } = step;
    if (typeof kind !== 'string' || !Object.hasOwn(flowStepSchemas, kind)) {
      return this.#refuse(`${path}/kind`, 'flow.kind', `A step is one of: ${Object.keys(flowStepSchemas).join(', ')}.`);
    }
    const problems = checkSchema(flowStepSchemas[kind as FlowStepKind], step, path);
    this.#problems.push(...problems);
    if (problems.length > 0) return;
    if (kind === 'forEach' && (step['items'] === undefined) === (step['rows'] === undefined)) {
      return this.#refuse(path, 'flow.loop-source', 'A loop goes over a list of items or over the rows of a table.');
    }
    this.#claim(this.#ids, String(step['id']), `${path}/id`);
    this.#claim(this.#names, String(step['name']), `${path}/name`);
    for (const nested of nestedSteps(step)) this.#readList(nested.steps, `${path}${nested.path}`, depth + 1);
  }

  #claim(taken: Set<string>, value: string, path: string): void {
    if (taken.has(value)) this.#refuse(path, 'flow.taken', `Two steps of this flow have "${value}".`);
    taken.add(value);
  }

  #refuse(path: string, code: string, message: string): void {
    this.#problems.push({ path, code, message });
  }
}
