import type { FunctionSpec } from '@fettle/expression';
import { libraryName } from '@fettle/expression';
import { signatureOf, type FunctionManifest } from '@fettle/sdk';

/** What is shown of a function while somebody writes an expression. */
export type FunctionHelp = Omit<FunctionSpec, 'category'>;

/** Functions of plugins as they are offered in expressions. */
export function functionHelp(functions: readonly FunctionManifest[]): readonly FunctionHelp[] {
  return functions.map((one) => ({
    name: libraryName(one.id),
    signature: signatureOf(one),
    description: one.description,
    parameters: one.parameters.map(({ name, type, description }) => ({ name, type, description })),
    returns: one.returns,
    examples: one.examples,
  }));
}
