import type { Run } from '../evaluate/run.ts';

/** What a function or method does. Arguments are values of the language, or callbacks where declared. */
export type Implementation = (run: Run, args: readonly unknown[]) => unknown;

/** A standard function as the evaluator sees it. Its documentation is kept apart, so that apps need not load it. */
export interface FunctionEntry {
  readonly run: Implementation;
  readonly minimum: number;
  readonly maximum: number;
  /** Positions that take an arrow function, as bits: 2 means the second argument. */
  readonly callbacks: number;
}

/** A family of standard functions by name. */
export type FunctionFamily = Readonly<Record<string, FunctionEntry>>;

/** Declares a function of `minimum` to `maximum` arguments. */
export function entry(minimum: number, maximum: number, run: Implementation, callbacks = 0): FunctionEntry {
  return { run, minimum, maximum, callbacks };
}
