import { forbiddenKeys } from '@fettle/base';
import type * as acorn from 'acorn';
import { convertArguments } from './convert-call.ts';
import type { ExpressionProblem } from './expression.ts';
import { libraryCallee } from './library-callee.ts';
import { maximumNesting } from './limits.ts';
import type { BinaryOperator, EntryNode, ExpressionNode, ObjectNode, SpreadNode, UnaryOperator } from './node.ts';
import { problemAt } from './problem.ts';
import { refusals } from './refusals.ts';

/** Where a part of a path stands in the source and how it is spelled there. */
export interface Segment {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly spelling: 'name' | 'text' | 'shorthand';
}

/** One reading of the scope: a free name and the static members after it. `local` names are in reach of it. */
export interface Occurrence {
  readonly segments: Segment[];
  readonly locals: ReadonlySet<string>;
}

/** What the conversion of one source text collects. */
export interface Conversion {
  readonly source: string;
  readonly problems: ExpressionProblem[];
  readonly occurrences: Occurrence[];
  depth: number;
  tooDeep: boolean;
}

/** A node under conversion: the parser's node and the parameters of the arrow functions around it. */
export type Locals = ReadonlySet<string>;

interface Spot {
  readonly start: number;
  readonly end: number;
}

/** Notes a problem at `spot`. */
export function refuse(to: Conversion, spot: Spot, code: string, message: string, hint?: string): void {
  to.problems.push(problemAt(to.source, { code, message, hint, start: spot.start, end: spot.end }));
}

/** Stands in for what was refused, so that conversion goes on and finds further problems. */
export function placeholder(spot: Spot): ExpressionNode {
  return { kind: 'constant', name: 'undefined', start: spot.start, end: spot.end };
}

/** Notes a problem when `name` leads to JavaScript's prototype chain. */
export function checkName(to: Conversion, spot: Spot, name: string): void {
  const spelled = to.source.slice(spot.start, spot.end);
  if (spelled.includes('\\') && !/^["'`]/.test(spelled)) {
    refuse(
      to,
      spot,
      'expression.escaped-name',
      'A name cannot be written with escapes.',
      'Write the letters themselves.',
    );
  }
  if (!forbiddenKeys.has(name)) return;
  refuse(
    to,
    spot,
    'expression.forbidden-member',
    `"${name}" cannot be used in expressions.`,
    'Rename the column or field.',
  );
}

/** Converts one expression of the parser's tree into ours; everything not allow-listed becomes a problem. */
export function convert(to: Conversion, node: acorn.Expression | acorn.Super, locals: Locals): ExpressionNode {
  return convertChain(to, node, locals).node;
}

interface Chain {
  readonly node: ExpressionNode;
  /** Set while the node is a free name followed by static members only. */
  readonly occurrence?: Occurrence;
}

function convertChain(to: Conversion, node: acorn.Expression | acorn.Super, locals: Locals): Chain {
  to.depth += 1;
  if (to.depth > maximumNesting) {
    if (!to.tooDeep)
      refuse(
        to,
        node,
        'expression.too-deep',
        'The expression nests too deeply.',
        'Split it into state variables or shorter expressions.',
      );
    to.tooDeep = true;
    to.depth -= 1;
    return { node: placeholder(node) };
  }
  const chain = convertByType(to, node, locals);
  to.depth -= 1;
  return chain;
}

function convertByType(to: Conversion, node: acorn.Expression | acorn.Super, locals: Locals): Chain {
  switch (node.type) {
    case 'ParenthesizedExpression':
    case 'ChainExpression':
      return convertChain(to, node.expression, locals);
    case 'Identifier':
      return convertIdentifier(to, node, locals);
    case 'MemberExpression':
      return convertMember(to, node, locals);
    default:
      return { node: convertPlain(to, node, locals) };
  }
}

function convertPlain(to: Conversion, node: acorn.Expression | acorn.Super, locals: Locals): ExpressionNode {
  const { start, end } = node;
  const inner = (child: acorn.Expression | acorn.Super): ExpressionNode => convert(to, child, locals);
  switch (node.type) {
    case 'Literal':
      return convertLiteral(to, node);
    case 'TemplateLiteral':
      return {
        kind: 'template',
        texts: node.quasis.map((part) => part.value.cooked ?? ''),
        values: node.expressions.map(inner),
        start,
        end,
      };
    case 'ConditionalExpression':
      return {
        kind: 'conditional',
        test: inner(node.test),
        then: inner(node.consequent),
        otherwise: inner(node.alternate),
        start,
        end,
      };
    case 'LogicalExpression':
      return { kind: 'logical', operator: node.operator, left: inner(node.left), right: inner(node.right), start, end };
    case 'UnaryExpression':
      return convertUnary(to, node, locals);
    case 'BinaryExpression':
      return convertBinary(to, node, locals);
    case 'ArrayExpression':
      return { kind: 'array', items: node.elements.map((item) => convertItem(to, node, item, locals)), start, end };
    case 'ObjectExpression':
      return convertObject(to, node, locals);
    case 'CallExpression':
      return convertCall(to, node, locals);
    case 'ArrowFunctionExpression':
      refuse(
        to,
        node,
        'expression.arrow-place',
        'An arrow function can only be an argument of a call.',
        'For example: rows.map(row => row.name).',
      );
      return placeholder(node);
    default: {
      const refusal = refusals[node.type];
      refuse(
        to,
        node,
        'expression.not-available',
        refusal?.message ?? 'This is not available in expressions.',
        refusal?.hint,
      );
      return placeholder(node);
    }
  }
}

function convertIdentifier(to: Conversion, node: acorn.Identifier, locals: Locals): Chain {
  const { name, start, end } = node;
  checkName(to, node, name);
  if (locals.has(name)) return { node: { kind: 'identifier', name, start, end } };
  if (name === 'undefined' || name === 'NaN' || name === 'Infinity')
    return { node: { kind: 'constant', name, start, end } };
  const occurrence: Occurrence = { segments: [{ name, start, end, spelling: 'name' }], locals };
  to.occurrences.push(occurrence);
  return { node: { kind: 'identifier', name, start, end }, occurrence };
}

function convertMember(to: Conversion, node: acorn.MemberExpression, locals: Locals): Chain {
  const { start, end } = node;
  const object = convertChain(to, node.object, locals);
  const key = staticKey(to, node);
  if (key === undefined) {
    if (node.property.type === 'PrivateIdentifier') return { node: placeholder(node) };
    return { node: { kind: 'index', object: object.node, index: convert(to, node.property, locals), start, end } };
  }
  checkName(to, key, key.name);
  object.occurrence?.segments.push(key);
  return {
    node: { kind: 'member', object: object.node, name: key.name, start, end },
    ...(object.occurrence === undefined ? {} : { occurrence: object.occurrence }),
  };
}

/** The member's name when the source spells it out, as `.name` or `['name']`. */
export function staticKey(to: Conversion, node: acorn.MemberExpression): Segment | undefined {
  const { property } = node;
  const { start, end } = property;
  if (property.type === 'PrivateIdentifier') {
    refuse(to, property, 'expression.not-available', 'Names with # are not available in expressions.');
    return undefined;
  }
  if (!node.computed && property.type === 'Identifier') return { name: property.name, start, end, spelling: 'name' };
  if (property.type === 'Literal' && typeof property.value === 'string')
    return { name: property.value, start, end, spelling: 'text' };
  if (property.type === 'TemplateLiteral' && property.expressions.length === 0) {
    return { name: property.quasis[0]?.value.cooked ?? '', start, end, spelling: 'text' };
  }
  return undefined;
}

function convertLiteral(to: Conversion, node: acorn.Literal): ExpressionNode {
  const { start, end, value } = node;
  if (node.regex) {
    refuse(
      to,
      node,
      'expression.regex',
      'Patterns between slashes are not available.',
      'Use matches(text, pattern) with the pattern as text, e.g. matches(code, "^[A-Z]+$").',
    );
    return placeholder(node);
  }
  if (typeof value === 'bigint') {
    refuse(
      to,
      node,
      'expression.bigint',
      'Whole numbers with n are not available.',
      'Use a text and addDecimal() or multiplyDecimal() for exact numbers.',
    );
    return placeholder(node);
  }
  if (value === Infinity) return { kind: 'constant', name: 'Infinity', start, end };
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return { kind: 'literal', value, start, end };
  return { kind: 'literal', value: null, start, end };
}

const unaryOperators: ReadonlySet<string> = new Set<UnaryOperator>(['-', '+', '!', '~', 'typeof']);
const refusedBinary: ReadonlySet<string> = new Set(['instanceof']);

function convertUnary(to: Conversion, node: acorn.UnaryExpression, locals: Locals): ExpressionNode {
  const { operator, start, end } = node;
  const operand = convert(to, node.argument, locals);
  if (unaryOperators.has(operator)) return { kind: 'unary', operator: operator as UnaryOperator, operand, start, end };
  refuse(
    to,
    node,
    'expression.not-available',
    `"${operator}" is not available in expressions.`,
    operator === 'delete' ? 'Use omit(object, "name").' : undefined,
  );
  return placeholder(node);
}

function convertBinary(to: Conversion, node: acorn.BinaryExpression, locals: Locals): ExpressionNode {
  const { operator, start, end } = node;
  if (node.left.type === 'PrivateIdentifier' || refusedBinary.has(operator)) {
    const what = node.left.type === 'PrivateIdentifier' ? 'Names with # are' : `"${operator}" is`;
    refuse(
      to,
      node,
      'expression.not-available',
      `${what} not available in expressions.`,
      'Use typeof, isList(value) or isObject(value).',
    );
    return placeholder(node);
  }
  const left = convert(to, node.left, locals);
  return {
    kind: 'binary',
    operator: operator as BinaryOperator,
    left,
    right: convert(to, node.right, locals),
    start,
    end,
  };
}

function convertItem(
  to: Conversion,
  list: Spot,
  item: acorn.Expression | acorn.SpreadElement | null,
  locals: Locals,
): ExpressionNode | SpreadNode {
  if (item === null) {
    refuse(
      to,
      list,
      'expression.hole',
      'A list cannot leave a place empty between commas.',
      'Write null or undefined there.',
    );
    return placeholder(list);
  }
  if (item.type !== 'SpreadElement') return convert(to, item, locals);
  return { kind: 'spread', value: convert(to, item.argument, locals), start: item.start, end: item.end };
}

function convertObject(to: Conversion, node: acorn.ObjectExpression, locals: Locals): ObjectNode {
  const entries = node.properties.map((property): EntryNode | SpreadNode => {
    const { start, end } = property;
    if (property.type === 'SpreadElement')
      return { kind: 'spread', value: convert(to, property.argument, locals), start, end };
    if (property.kind !== 'init' || property.method) {
      refuse(
        to,
        property,
        'expression.not-available',
        'An object holds values only, no methods, getters or setters.',
        'Write name: value.',
      );
      return { kind: 'entry', key: 'value', value: placeholder(property), start, end };
    }
    const key = entryKey(to, property, locals);
    const value = convertChain(to, property.value, locals);
    const first = value.occurrence?.segments[0];
    if (property.shorthand && first !== undefined && value.occurrence !== undefined) {
      value.occurrence.segments[0] = { ...first, spelling: 'shorthand' };
    }
    return { kind: 'entry', key, value: value.node, start, end };
  });
  return { kind: 'object', entries, start: node.start, end: node.end };
}

function entryKey(to: Conversion, property: acorn.Property, locals: Locals): string | ExpressionNode {
  const { key } = property;
  const text =
    !property.computed && key.type === 'Identifier'
      ? key.name
      : key.type === 'Literal' && typeof key.value !== 'object'
        ? String(key.value)
        : undefined;
  if (text === undefined) return convert(to, key, locals);
  checkName(to, key, text);
  return text;
}

function convertCall(to: Conversion, node: acorn.CallExpression, locals: Locals): ExpressionNode {
  const { start, end } = node;
  const callee = unwrap(node.callee);
  if (callee.type === 'Identifier') {
    checkName(to, callee, callee.name);
    if (locals.has(callee.name))
      refuse(to, callee, 'expression.not-callable', `"${callee.name}" is a value, not a function.`);
    return { kind: 'call', name: callee.name, arguments: convertArguments(to, node.arguments, locals), start, end };
  }
  if (callee.type === 'MemberExpression') {
    const library = libraryCallee(to, callee, locals);
    if (library !== undefined)
      return { kind: 'call', name: library, arguments: convertArguments(to, node.arguments, locals), start, end };
    const object = convert(to, callee.object, locals);
    const key = staticKey(to, callee);
    if (key === undefined) {
      refuse(
        to,
        callee.property,
        'expression.computed-method',
        'A method is called by its name, not by a computed one.',
      );
      return placeholder(node);
    }
    checkName(to, key, key.name);
    return {
      kind: 'method',
      object,
      name: key.name,
      arguments: convertArguments(to, node.arguments, locals),
      start,
      end,
    };
  }
  const refusal = refusals[callee.type];
  refuse(
    to,
    callee,
    'expression.not-callable',
    refusal?.message ?? 'Only functions and methods that have a name can be called.',
    refusal?.hint,
  );
  return placeholder(node);
}

function unwrap(node: acorn.Expression | acorn.Super): acorn.Expression | acorn.Super {
  return node.type === 'ParenthesizedExpression' || node.type === 'ChainExpression' ? unwrap(node.expression) : node;
}
