import type { Json } from '@fettle/base';
import { libraryName, type LibraryDefinitions, type LibraryParameter, type LibraryValueType } from '@fettle/expression';

/** A parameter of a function. One with a default, or that is optional, may be left out; it then stands behind the others. */
export interface FunctionParameter extends LibraryParameter {
  readonly description: string;
}

/**
 * A function for `{{ }}`, written as an expression itself: `$acmeTickets.isLate(due)`. It sees its parameters, standard
 * functions and other functions of its plugin. Data only: no code of a plugin runs for it.
 */
export interface FunctionManifest {
  readonly kind: 'function';
  /** `<plugin>/<name>` in small letters and hyphens. Expressions call it `$<plugin>.<name>`, in camel case. */
  readonly id: string;
  readonly title: string;
  /** What it gives, in a sentence. */
  readonly description: string;
  readonly keywords?: readonly string[];
  readonly parameters: readonly FunctionParameter[];
  readonly returns: LibraryValueType;
  /** At most 4,000 characters, without braces around it. */
  readonly expression: string;
  /** Calls and what they give: shown to people, and run by the contract test. */
  readonly examples: readonly FunctionExample[];
}

/** See {@link FunctionManifest.examples}. */
export interface FunctionExample {
  readonly expression: string;
  readonly result: Json;
}

/** Declares a function for expressions. */
export function defineFunction(manifest: Omit<FunctionManifest, 'kind'>): FunctionManifest {
  return { kind: 'function', ...manifest };
}

/** What of functions is evaluated, by the names they are called by. */
export function libraryOf(functions: readonly FunctionManifest[]): LibraryDefinitions {
  return Object.fromEntries(
    functions.map(({ id, parameters, returns, expression }) => [
      libraryName(id),
      { parameters: parameters.map(({ description: _description, ...parameter }) => parameter), returns, expression },
    ]),
  );
}

/** How a function is written: `$acmeTickets.isLate(due, now?)`. */
export function signatureOf({ id, parameters }: Pick<FunctionManifest, 'id' | 'parameters'>): string {
  const names = parameters.map(
    ({ name, optional, default: fallback }) => `${name}${optional === true || fallback !== undefined ? '?' : ''}`,
  );
  return `${libraryName(id)}(${names.join(', ')})`;
}
