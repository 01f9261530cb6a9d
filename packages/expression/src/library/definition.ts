import type { Json } from '@fettle/base';
import type { ExpressionNode } from '../syntax/node.ts';

/** What a parameter or result of a library function is, for checks and for people. Dates are ISO texts. */
export type LibraryValueType = 'any' | 'text' | 'number' | 'boolean' | 'date' | 'list' | 'object';

/** One parameter. Left out or `undefined`, it is its default; without one it is `undefined`. */
export interface LibraryParameter {
  readonly name: string;
  readonly type: LibraryValueType;
  /** May be left out. What has a default may always be. */
  readonly optional?: boolean;
  readonly default?: Json;
}

/**
 * A function that is written as an expression over its parameters: plain JSON, what releases freeze. It sees its
 * parameters, standard functions and other functions of its library, and nothing of the place it is called from.
 */
export interface LibraryDefinition {
  readonly parameters: readonly LibraryParameter[];
  readonly returns: LibraryValueType;
  readonly expression: string;
}

/** Functions by the name they are called by: `$itOperations.severity`. */
export type LibraryDefinitions = Readonly<Record<string, LibraryDefinition>>;

/** A function ready for browsers, which have no parser. Plain JSON. */
export interface ParsedLibraryFunction {
  readonly parameters: readonly Pick<LibraryParameter, 'name' | 'optional' | 'default'>[];
  readonly node: ExpressionNode;
}

/** See {@link LibraryDefinitions}. */
export type ParsedLibrary = Readonly<Record<string, ParsedLibraryFunction>>;

/** The function of this name; undefined when there is none. */
export function definitionOf(functions: LibraryDefinitions, name: string): LibraryDefinition | undefined {
  return Object.hasOwn(functions, name) ? functions[name] : undefined;
}

/** True when a call may leave the parameter out. */
export function mayBeLeftOut(parameter: Pick<LibraryParameter, 'optional' | 'default'>): boolean {
  return parameter.optional === true || parameter.default !== undefined;
}
