import { createShortId, uniqueName } from '@fettle/base';
import type { App, Flow, FlowTest } from '@fettle/definition';

/** A name for a test that no other has. */
export function freeTestName(app: Pick<App, 'flowTests'>, base: string): string {
  const taken = new Set(Object.values(app.flowTests).map(({ name }) => name.toLowerCase()));
  return uniqueName(base.slice(0, 56), (name) => taken.has(name.toLowerCase()));
}

/** A test of a flow that expects only that it succeeds. */
export function newTest(app: Pick<App, 'flowTests'>, flow: Flow, trigger: unknown): FlowTest {
  return {
    id: createShortId('tst'),
    name: freeTestName(app, `${flow.name}Test`),
    flow: flow.id,
    trigger: trigger ?? {},
    expect: { state: 'succeeded' },
  };
}

/** The same test once more, under a name of its own. */
export function copyTest(app: Pick<App, 'flowTests'>, test: FlowTest): FlowTest {
  return { ...test, id: createShortId('tst'), name: freeTestName(app, test.name) };
}
