import type { Json } from '@fettle/base';
import { createScope, loadLibrary, type LibraryDefinitions } from '@fettle/expression';
import type { RunHead } from '../journal.ts';
import { BindingSyntaxError, compileExpressionText } from './compile-value.ts';

/** What keys are worked out from. */
export interface KeyedStart {
  readonly trigger: Json;
  readonly user: RunHead['user'];
  /** Functions of plugins that the app's expressions call. */
  readonly functions: LibraryDefinitions | undefined;
}

/** What an expression over what starts a run gives, as a text: empty when it gives nothing or cannot be worked out. */
export function startKey(expression: string, { trigger, user, functions }: KeyedStart): string {
  try {
    const scope = createScope({ trigger, user });
    const value = compileExpressionText(expression)(scope, { functions: loadLibrary(functions) });
    return value === undefined || value === null || value === '' ? '' : (JSON.stringify(value) ?? '');
  } catch {
    return '';
  }
}

/** Why such an expression cannot be read; undefined when it can. */
export function startKeyProblem(expression: string): string | undefined {
  try {
    compileExpressionText(expression)(createScope({ trigger: {}, user: null }), {});
    return undefined;
  } catch (error) {
    // Everything else depends on what starts the run.
    return error instanceof BindingSyntaxError ? error.message : undefined;
  }
}
