/** The part of the ESLint rule interface that our rules use. */
export interface RuleContext {
  readonly filename: string;
  report(problem: { readonly node: unknown; readonly message: string }): void;
}

/** A syntax node as far as our rules look at it. */
export interface SyntaxNode {
  readonly type: string;
  readonly source?: { readonly value?: unknown } | null;
  readonly argument?: SyntaxNode | null;
  readonly callee?: SyntaxNode;
  readonly name?: string;
}

/** A lint rule: node type → visitor. */
export interface Rule {
  readonly create: (context: RuleContext) => Readonly<Record<string, (node: SyntaxNode) => void>>;
}
