import type { App } from '../app.ts';
import type { Flow } from '../kinds/flow.ts';
import type { FlowTest } from '../kinds/flow-test.ts';
import { allSteps } from './step-scopes.ts';

/** The flow that a test means by the steps that call it, outermost first; undefined when there is none. */
export function flowWithin(flows: App['flows'], flow: string, within: readonly string[] = []): Flow | undefined {
  let found = Object.hasOwn(flows, flow) ? flows[flow] : undefined;
  for (const name of within) {
    const step = found === undefined ? undefined : allSteps(found.steps).find((one) => one.name === name);
    found = step?.kind === 'subFlow' && Object.hasOwn(flows, step.flow) ? flows[step.flow] : undefined;
  }
  return found;
}

/** A place in the flows that a test plays: the flow, and the steps that call it, outermost first. */
export interface TestedFlow {
  readonly within: readonly string[];
  readonly flow: Flow;
}

/** The flow of a test, then those that it really runs, from the outside in. Empty when its flow is gone. */
export function testedFlows(flows: App['flows'], test: Pick<FlowTest, 'flow' | 'mocks'>): readonly TestedFlow[] {
  const places = new Map<string, readonly string[]>([['', []]]);
  for (const { within = [], step, runs } of test.mocks ?? [])
    if (runs === true) places.set([...within, step].join('/'), [...within, step]);
  const isRun = (within: readonly string[]): boolean =>
    within.every((_, index) => places.has(within.slice(0, index + 1).join('/')));
  return [...places.values()]
    .filter(isRun)
    .toSorted((a, b) => a.length - b.length)
    .flatMap((within) => {
      const flow = flowWithin(flows, test.flow, within);
      return flow === undefined ? [] : [{ within, flow }];
    });
}
