/** Where a node stands in the source text: offsets in UTF-16 units, `end` exclusive. */
interface Located {
  readonly start: number;
  readonly end: number;
}

export interface LiteralNode extends Located {
  readonly kind: 'literal';
  readonly value: string | number | boolean | null;
}

/** The three constants that JSON cannot hold. */
export interface ConstantNode extends Located {
  readonly kind: 'constant';
  readonly name: 'undefined' | 'NaN' | 'Infinity';
}

/** A name of the scope, or a parameter of an enclosing arrow function. */
export interface IdentifierNode extends Located {
  readonly kind: 'identifier';
  readonly name: string;
}

/** `object.name`, `object?.name` and `object['name']`: all read alike, for nothing has only empty members. */
export interface MemberNode extends Located {
  readonly kind: 'member';
  readonly object: ExpressionNode;
  readonly name: string;
}

/** `object[index]` with a computed index. */
export interface IndexNode extends Located {
  readonly kind: 'index';
  readonly object: ExpressionNode;
  readonly index: ExpressionNode;
}

/** A call of a standard function: `round(total, 2)`. */
export interface CallNode extends Located {
  readonly kind: 'call';
  readonly name: string;
  readonly arguments: readonly ArgumentNode[];
}

/** A call of an allow-listed method: `text.trim()`. */
export interface MethodNode extends Located {
  readonly kind: 'method';
  readonly object: ExpressionNode;
  readonly name: string;
  readonly arguments: readonly ArgumentNode[];
}

export type UnaryOperator = '-' | '+' | '!' | '~' | 'typeof';

export interface UnaryNode extends Located {
  readonly kind: 'unary';
  readonly operator: UnaryOperator;
  readonly operand: ExpressionNode;
}

export type BinaryOperator =
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'
  | '**'
  | '=='
  | '!='
  | '==='
  | '!=='
  | '<'
  | '<='
  | '>'
  | '>='
  | 'in'
  | '&'
  | '|'
  | '^'
  | '<<'
  | '>>'
  | '>>>';

export interface BinaryNode extends Located {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly left: ExpressionNode;
  readonly right: ExpressionNode;
}

export interface LogicalNode extends Located {
  readonly kind: 'logical';
  readonly operator: '&&' | '||' | '??';
  readonly left: ExpressionNode;
  readonly right: ExpressionNode;
}

export interface ConditionalNode extends Located {
  readonly kind: 'conditional';
  readonly test: ExpressionNode;
  readonly then: ExpressionNode;
  readonly otherwise: ExpressionNode;
}

export interface ArrayNode extends Located {
  readonly kind: 'array';
  readonly items: readonly (ExpressionNode | SpreadNode)[];
}

/** `key: value`; the key is text, or a node for `[key]: value`. */
export interface EntryNode extends Located {
  readonly kind: 'entry';
  readonly key: string | ExpressionNode;
  readonly value: ExpressionNode;
}

export interface ObjectNode extends Located {
  readonly kind: 'object';
  readonly entries: readonly (EntryNode | SpreadNode)[];
}

/** A text in backticks: `texts` has one element more than `values`. */
export interface TemplateNode extends Located {
  readonly kind: 'template';
  readonly texts: readonly string[];
  readonly values: readonly ExpressionNode[];
}

/** `...value` in a list, an object or the arguments of a call. */
export interface SpreadNode extends Located {
  readonly kind: 'spread';
  readonly value: ExpressionNode;
}

/** What an arrow function's parameter takes apart. `fallback` stands in for `undefined`. */
export type PatternNode = (
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'members'; readonly members: readonly { readonly key: string; readonly target: PatternNode }[] }
  | { readonly kind: 'items'; readonly items: readonly (PatternNode | null)[] }
) & { readonly fallback?: ExpressionNode };

/** `(parameters) => body`: only ever an argument of a call, never a value. */
export interface ArrowNode extends Located {
  readonly kind: 'arrow';
  readonly parameters: readonly PatternNode[];
  readonly body: ExpressionNode;
}

export type ArgumentNode = ExpressionNode | SpreadNode | ArrowNode;

/**
 * An expression as plain JSON: what a compiled release stores. Only these kinds exist; a node of
 * another kind evaluates to an error.
 */
export type ExpressionNode =
  | LiteralNode
  | ConstantNode
  | IdentifierNode
  | MemberNode
  | IndexNode
  | CallNode
  | MethodNode
  | UnaryNode
  | BinaryNode
  | LogicalNode
  | ConditionalNode
  | ArrayNode
  | ObjectNode
  | TemplateNode;
