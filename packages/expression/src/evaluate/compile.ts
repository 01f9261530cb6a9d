import { meantHint } from '../check/closest-name.ts';
import type {
  BinaryNode,
  ExpressionNode,
  IdentifierNode,
  IndexNode,
  LogicalNode,
  MemberNode,
  TemplateNode,
  UnaryNode,
} from '../syntax/node.ts';
import { maximumNesting } from '../syntax/limits.ts';
import { compileCall, compileMethod } from './compile-call.ts';
import { compileArray, compileObject } from './compile-literals.ts';
import { joinTexts, toKey, toNumber, toText } from './conversions.ts';
import { binaryOperators } from './operators.ts';
import type { Run } from './run.ts';
import { readMember, safe } from './values.ts';

/** A node compiled to a closure. */
export type Evaluate = (run: Run) => unknown;

/** What compilation of one expression knows: the slots of arrow parameters in reach, and the size so far. */
export interface Compilation {
  readonly slots: ReadonlyMap<string, number>;
  readonly counter: { slots: number; nodes: number };
  readonly depth: number;
}

/** Compiles a node. Never throws: what is malformed becomes a closure that throws when evaluated. */
export function compile(node: ExpressionNode, outer: Compilation): Evaluate {
  outer.counter.nodes += 1;
  const context = { ...outer, depth: outer.depth + 1 };
  if (context.depth > maximumNesting * 2) return malformed(node);
  switch (node.kind) {
    case 'literal':
    case 'constant':
      return compileConstant(node);
    case 'identifier':
      return compileIdentifier(node, context);
    case 'member':
      return compileMember(node, context);
    case 'index':
      return compileIndex(node, context);
    case 'call':
      return compileCall(node, context);
    case 'method':
      return compileMethod(node, context);
    case 'unary':
      return compileUnary(node, context);
    case 'binary':
      return compileBinary(node, context);
    case 'logical':
      return compileLogical(node, context);
    case 'conditional': {
      const test = compile(node.test, context);
      const then = compile(node.then, context);
      const otherwise = compile(node.otherwise, context);
      return (run) => (test(run) ? then(run) : otherwise(run));
    }
    case 'array':
      return compileArray(node, context);
    case 'object':
      return compileObject(node, context);
    case 'template':
      return compileTemplateText(node, context);
    default:
      return malformed(node);
  }
}

/** What a node that cannot be read compiles to. */
export function malformed(node: { readonly start: number; readonly end: number }): Evaluate {
  return (run) => {
    throw run.errorAt(node, 'expression.malformed', 'The stored expression cannot be read.', 'Save it again.');
  };
}

function compileConstant(node: Extract<ExpressionNode, { kind: 'literal' | 'constant' }>): Evaluate {
  if (node.kind === 'constant') {
    const value = node.name === 'NaN' ? NaN : node.name === 'Infinity' ? Infinity : undefined;
    return () => value;
  }
  const { value } = node;
  return typeof value === 'object' && value !== null ? malformed(node) : () => value;
}

function compileIdentifier(node: IdentifierNode, { slots }: Compilation): Evaluate {
  const { name } = node;
  const slot = slots.get(name);
  if (slot !== undefined) return (run) => run.locals[slot];
  return (run) => {
    const value = run.scope.get(name);
    if (value !== undefined || run.scope.has(name)) return safe(value);
    throw unknownName(run, node);
  };
}

function unknownName(run: Run, node: IdentifierNode): Error {
  const hint = meantHint(node.name, run.scope.names());
  return run.errorAt(node, 'expression.unknown-name', `There is nothing named "${node.name}" here.`, hint);
}

function compileMember(node: MemberNode, context: Compilation): Evaluate {
  const object = compile(node.object, context);
  const { name } = node;
  return (run) => {
    const value = object(run);
    run.at(node);
    return readMember(run, value, name);
  };
}

function compileIndex(node: IndexNode, context: Compilation): Evaluate {
  const object = compile(node.object, context);
  const index = compile(node.index, context);
  return (run) => {
    const value = object(run);
    const key = index(run);
    if (typeof key === 'number' && Array.isArray(value)) return safe(value[key]);
    run.at(node);
    return readMember(run, value, toKey(run, key));
  };
}

function compileUnary(node: UnaryNode, context: Compilation): Evaluate {
  const { operand: inner } = node;
  const operand = compile(inner, context);
  switch (node.operator) {
    case '!':
      return (run) => !operand(run);
    case '-':
      return (run) => -toNumber(run, operand(run));
    case '+':
      return (run) => toNumber(run, operand(run));
    case '~':
      return (run) => ~toNumber(run, operand(run));
    case 'typeof':
      if (inner.kind === 'identifier' && !context.slots.has(inner.name)) {
        return (run) => (run.scope.has(inner.name) ? typeof operand(run) : 'undefined');
      }
      return (run) => typeof operand(run);
    default:
      return malformed(node);
  }
}

function compileBinary(node: BinaryNode, context: Compilation): Evaluate {
  const left = compile(node.left, context);
  const right = compile(node.right, context);
  if (!Object.hasOwn(binaryOperators, node.operator)) return malformed(node);
  const operate = binaryOperators[node.operator];
  return (run) => operate(run, left(run), right(run));
}

function compileLogical(node: LogicalNode, context: Compilation): Evaluate {
  const left = compile(node.left, context);
  const right = compile(node.right, context);
  switch (node.operator) {
    case '&&':
      return (run) => left(run) && right(run);
    case '||':
      return (run) => left(run) || right(run);
    case '??':
      return (run) => left(run) ?? right(run);
    default:
      return malformed(node);
  }
}

function compileTemplateText(node: TemplateNode, context: Compilation): Evaluate {
  const { texts } = node;
  const values = node.values.map((value) => compile(value, context));
  return (run) => {
    let text = texts[0] ?? '';
    for (const [index, value] of values.entries()) {
      text = joinTexts(run, joinTexts(run, text, toText(run, value(run))), texts[index + 1] ?? '');
    }
    return text;
  };
}
