import type { ExpressionProblem } from './expression.ts';

/** What is wrong and where, before line and column are known. */
export interface ProblemSeed {
  readonly code: string;
  readonly message: string;
  readonly hint?: string | undefined;
  readonly start: number;
  readonly end: number;
}

/** Makes a problem of `source`, adding line and column. */
export function problemAt(source: string, seed: ProblemSeed): ExpressionProblem {
  const offset = Math.max(0, Math.min(seed.start, source.length));
  const before = source.slice(0, offset);
  const line = before.split('\n').length;
  return {
    code: seed.code,
    message: seed.message,
    ...(seed.hint === undefined ? {} : { hint: seed.hint }),
    offset,
    length: Math.max(0, Math.min(seed.end, source.length) - offset),
    line,
    column: offset - before.lastIndexOf('\n'),
  };
}
