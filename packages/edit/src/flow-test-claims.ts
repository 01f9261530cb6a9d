import type { App, FlowTest } from '@fettle/definition';
import { missing, refuse } from './refusal.ts';

/** The test of a flow, or a refusal. */
export function flowTestOf(app: Pick<App, 'flowTests'>, id: string): FlowTest {
  const test = Object.hasOwn(app.flowTests, id) ? app.flowTests[id] : undefined;
  if (test === undefined) throw missing('test', id);
  return test;
}

/** Refuses a name that another test has; case does not tell names apart. */
export function freeFlowTestName(app: App, name: string, self: string): void {
  const owner = Object.values(app.flowTests).find(
    (other) => other.id !== self && other.name.toLowerCase() === name.toLowerCase(),
  );
  if (owner !== undefined)
    throw refuse('name.taken', `A test is named "${owner.name}" already.`, 'Choose another name.');
}
