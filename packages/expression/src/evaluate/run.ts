import { systemClock } from '@fettle/base';
import type { Clock } from '@fettle/base';
import { EvaluationError } from './evaluation-error.ts';
import type { FunctionLibrary } from './library.ts';
import type { Scope } from './scope.ts';

/** Budgets of one evaluation, and what its date and format functions work with. */
export interface EvaluationLimits {
  /** Work units: nodes evaluated, callbacks made, items made, items and characters visited (16 a unit). */
  readonly steps?: number;
  /** The longest text, in characters. */
  readonly textLength?: number;
  /** The longest list. */
  readonly arrayLength?: number;
  /** How deep data may nest that is copied, compared or turned into text. */
  readonly depth?: number;
  /** What `now()` and `today()` read. Default: the machine's clock. */
  readonly clock?: Clock;
  /** Language of format functions when none is given. Default `en`. */
  readonly locale?: string;
  /** IANA time zone of date functions when none is given. Default `UTC`. */
  readonly timeZone?: string;
  /** Functions that can be called besides the standard ones. Default: none. */
  readonly functions?: FunctionLibrary | undefined;
}

/** What applies to limits that are not given. */
export const defaultLimits: Required<Omit<EvaluationLimits, 'functions'>> = {
  steps: 500_000,
  textLength: 1_000_000,
  arrayLength: 100_000,
  depth: 100,
  clock: systemClock,
  locale: 'en',
  timeZone: 'UTC',
};

/** A compiled arrow function. It never is a value of the language: only functions and methods receive it. */
export type Callback = (a?: unknown, b?: unknown, c?: unknown) => unknown;

/** One evaluation under way: scope, budgets, arrow parameters, and the place to blame. */
export class Run {
  scope: Scope;
  readonly textLength: number;
  readonly arrayLength: number;
  readonly depth: number;
  readonly limits: EvaluationLimits;
  /**
   * Values of arrow parameters by slot. Arrows never outlive or re-enter themselves, so slots are fixed. A library
   * function has its own while it is called.
   */
  locals: unknown[] = [];
  /** Library functions under way. */
  calls = 0;
  steps: number;
  /** The call being made: errors point there. */
  offset = 0;
  length = 0;
  /** True once a host's scope object was put in a list or object: the result is then copied as plain data. */
  holdsScopeObjects = false;

  constructor(scope: Scope, limits: EvaluationLimits) {
    this.scope = scope;
    this.limits = limits;
    this.steps = limits.steps ?? defaultLimits.steps;
    this.textLength = limits.textLength ?? defaultLimits.textLength;
    this.arrayLength = limits.arrayLength ?? defaultLimits.arrayLength;
    this.depth = limits.depth ?? defaultLimits.depth;
  }

  get locale(): string {
    return this.limits.locale ?? defaultLimits.locale;
  }

  get timeZone(): string {
    return this.limits.timeZone ?? defaultLimits.timeZone;
  }

  now(): number {
    return (this.limits.clock ?? defaultLimits.clock).now();
  }

  /** Takes `units` of work from the budget. */
  spend(units: number): void {
    this.steps -= units;
    if (this.steps < 0) {
      throw this.error(
        'expression.too-many-steps',
        'The expression does too much work.',
        'Let a query do the work, or take fewer rows.',
      );
    }
  }

  /** Pays for walking over or copying `count` items or characters, and for nothing less than one unit. */
  spendFor(count: number): void {
    this.spend(1 + (count >> 4));
  }

  /** Pays for a new text of `length` characters before it is made. */
  allowText(length: number): void {
    if (!(length <= this.textLength)) {
      throw this.error('expression.text-too-long', `The text would be longer than ${this.textLength} characters.`);
    }
    this.spendFor(length);
  }

  /** Pays for a new list of `length` items before it is made. */
  allowList(length: number): void {
    if (!(length <= this.arrayLength)) {
      throw this.error('expression.list-too-long', `The list would be longer than ${this.arrayLength} items.`);
    }
    this.spend(1 + length);
  }

  /** Refuses data that nests deeper than the budget. */
  allowDepth(depth: number): void {
    if (depth > this.depth) throw this.error('expression.data-too-deep', 'The data nests too deeply.');
  }

  /** Makes the error of the call being made. */
  error(code: string, message: string, hint?: string): EvaluationError {
    return new EvaluationError({ code, message, hint, offset: this.offset, length: this.length });
  }

  /** Makes the error of `node`. */
  errorAt(
    node: { readonly start: number; readonly end: number },
    code: string,
    message: string,
    hint?: string,
  ): EvaluationError {
    this.at(node);
    return this.error(code, message, hint);
  }

  /** From here on errors point at `node`. */
  at(node: { readonly start: number; readonly end: number }): void {
    this.offset = node.start;
    this.length = node.end - node.start;
  }
}
