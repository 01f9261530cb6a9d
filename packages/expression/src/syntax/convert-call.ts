import type * as acorn from 'acorn';
import { checkName, convert, placeholder, refuse } from './convert.ts';
import type { Conversion, Locals } from './convert.ts';
import type { ArgumentNode, PatternNode } from './node.ts';

/** Converts the arguments of a call: the one place where arrow functions may stand. */
export function convertArguments(
  to: Conversion,
  list: acorn.CallExpression['arguments'],
  locals: Locals,
): readonly ArgumentNode[] {
  return list.map((argument): ArgumentNode => {
    const { start, end } = argument;
    if (argument.type === 'SpreadElement')
      return { kind: 'spread', value: convert(to, argument.argument, locals), start, end };
    const bare = argument.type === 'ParenthesizedExpression' ? argument.expression : argument;
    return bare.type === 'ArrowFunctionExpression' ? convertArrow(to, bare, locals) : convert(to, argument, locals);
  });
}

function convertArrow(to: Conversion, node: acorn.ArrowFunctionExpression, outer: Locals): ArgumentNode {
  const { start, end } = node;
  if (node.async) refuse(to, node, 'expression.not-available', '"async" is not available in expressions.');
  const locals = new Set(outer);
  for (const parameter of node.params) collectNames(to, parameter, locals);
  const parameters = node.params.map((parameter) => convertPattern(to, parameter, locals));
  if (node.body.type === 'BlockStatement') {
    refuse(
      to,
      node.body,
      'expression.arrow-body',
      'An arrow function holds one expression, not a block in braces.',
      'Write x => x.name; for an object put it in parentheses: x => ({ name: x.name }).',
    );
    return placeholder(node);
  }
  to.depth += 1;
  const body = convert(to, node.body, locals);
  to.depth -= 1;
  return { kind: 'arrow', parameters, body, start, end };
}

function collectNames(to: Conversion, pattern: acorn.Pattern, names: Set<string>): void {
  switch (pattern.type) {
    case 'Identifier':
      checkName(to, pattern, pattern.name);
      names.add(pattern.name);
      return;
    case 'AssignmentPattern':
      return collectNames(to, pattern.left, names);
    case 'ObjectPattern':
      for (const property of pattern.properties)
        if (property.type === 'Property') collectNames(to, property.value, names);
      return;
    case 'ArrayPattern':
      for (const item of pattern.elements) if (item) collectNames(to, item, names);
      return;
    default:
      return;
  }
}

/** Converts a parameter: a name, `{ a, b: c }`, `[a, b]`, each with an optional default. */
function convertPattern(to: Conversion, pattern: acorn.Pattern, locals: Locals): PatternNode {
  to.depth += 1;
  const converted = convertPatternBody(to, pattern, locals);
  to.depth -= 1;
  return converted;
}

function convertPatternBody(to: Conversion, pattern: acorn.Pattern, locals: Locals): PatternNode {
  switch (pattern.type) {
    case 'Identifier':
      return { kind: 'name', name: pattern.name };
    case 'AssignmentPattern':
      return { ...convertPattern(to, pattern.left, locals), fallback: convert(to, pattern.right, locals) };
    case 'ArrayPattern':
      return {
        kind: 'items',
        items: pattern.elements.map((item) => (item === null ? null : convertPattern(to, item, locals))),
      };
    case 'ObjectPattern':
      return {
        kind: 'members',
        members: pattern.properties.map((property) => convertPatternMember(to, property, locals)),
      };
    default:
      refuse(
        to,
        pattern,
        'expression.parameter',
        'This kind of parameter is not available.',
        'Use names, { a, b } or [a, b].',
      );
      return { kind: 'items', items: [] };
  }
}

function convertPatternMember(
  to: Conversion,
  property: acorn.AssignmentProperty | acorn.RestElement,
  locals: Locals,
): { readonly key: string; readonly target: PatternNode } {
  if (property.type === 'Property' && !property.computed) {
    const { key } = property;
    const text = key.type === 'Identifier' ? key.name : key.type === 'Literal' ? String(key.value) : undefined;
    if (text !== undefined) {
      checkName(to, key, text);
      return { key: text, target: convertPattern(to, property.value, locals) };
    }
  }
  refuse(
    to,
    property,
    'expression.parameter',
    'Rest and computed names are not available in parameters.',
    'Name the members: ({ id, name }) => …',
  );
  return { key: 'value', target: { kind: 'items', items: [] } };
}
