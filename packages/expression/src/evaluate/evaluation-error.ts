/**
 * Why an expression could not be evaluated. `message` names what the source text names and never holds
 * values of variables. `offset` and `length` point into the expression's source.
 */
export class EvaluationError extends Error {
  readonly code: string;
  readonly hint: string | undefined;
  readonly offset: number;
  readonly length: number;

  constructor(options: {
    readonly code: string;
    readonly message: string;
    readonly hint?: string | undefined;
    readonly offset: number;
    readonly length: number;
  }) {
    super(options.message);
    this.name = 'EvaluationError';
    this.code = options.code;
    this.hint = options.hint;
    this.offset = options.offset;
    this.length = options.length;
  }
}
