import type { Json } from '@fettle/base';

/** The families of standard functions. */
export type FunctionCategory = 'text' | 'number' | 'date' | 'list' | 'object' | 'format' | 'logic';

/** One parameter of a standard function. */
export interface ParameterSpec {
  readonly name: string;
  readonly type: string;
  readonly optional?: boolean;
  readonly description: string;
}

/** The documentation of a standard function: what editors, reference pages and checks read. */
export interface FunctionSpec {
  readonly name: string;
  readonly category: FunctionCategory;
  /** As people write it: `round(number, digits?)`. */
  readonly signature: string;
  readonly description: string;
  readonly parameters: readonly ParameterSpec[];
  /** The type of the result. */
  readonly returns: string;
  /** Expressions and what they give; tests run every one. */
  readonly examples: readonly { readonly expression: string; readonly result: Json }[];
}
