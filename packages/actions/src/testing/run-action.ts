import type { Json } from '@fettle/base';
import { createTestFlowContext, type TestFlowContext, type TestFlowContextOptions } from '@fettle/sdk/testing';
import { flowActions } from '../index.ts';

/** Runs a built-in action by the last part of its id. Answers its output with the context it had. */
export async function runAction(
  name: string,
  settings: Readonly<Record<string, unknown>>,
  options: Omit<TestFlowContextOptions, 'settings'> = {},
): Promise<TestFlowContext & { readonly output: Json }> {
  const extension = flowActions.find(({ manifest }) => manifest.id === `core/${name}`);
  if (extension === undefined) throw new TypeError(`There is no action ${name}.`);
  const test = createTestFlowContext({ ...options, settings: settings as Readonly<Record<string, Json>> });
  const output = await (await extension.load()).run(test.context);
  return { ...test, output };
}
