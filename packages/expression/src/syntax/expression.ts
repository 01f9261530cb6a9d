import type { ExpressionNode } from './node.ts';

/** One thing wrong with a source text. `line` and `column` start at 1 and count in the text that was given. */
export interface ExpressionProblem {
  readonly code: string;
  readonly message: string;
  /** The next step a person can take. */
  readonly hint?: string;
  readonly offset: number;
  readonly length: number;
  readonly line: number;
  readonly column: number;
}

/** A name of the scope and the members read from it, e.g. `['components', 'table1', 'selectedRow']`. */
export type DependencyPath = readonly string[];

/** A parsed expression: plain JSON throughout. */
export interface Expression {
  readonly source: string;
  readonly node: ExpressionNode;
  /** What it reads from the scope; a computed member ends a path. */
  readonly dependencies: readonly DependencyPath[];
}

/**
 * A setting that may hold `{{ }}`. Text that is exactly one `{{ e }}` is an `expression` and keeps the type
 * of its value; other text with bindings is `mixed` and evaluates to text.
 */
export type Template =
  | { readonly kind: 'literal'; readonly value: string }
  | { readonly kind: 'expression'; readonly expression: Expression }
  | { readonly kind: 'mixed'; readonly parts: readonly (string | Expression)[] };
