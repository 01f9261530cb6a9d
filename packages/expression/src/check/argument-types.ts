import { definitionOf, type LibraryDefinitions, type LibraryValueType } from '../library/definition.ts';
import type { BinaryOperator, ExpressionNode } from '../syntax/node.ts';

/** What a type is called in a sentence. */
export const typeWords: Readonly<Record<LibraryValueType, string>> = {
  any: 'a value',
  text: 'a text',
  number: 'a number',
  boolean: 'true or false',
  date: 'a date',
  list: 'a list',
  object: 'an object',
};

/** False when a node can never give what a type takes. The language reads numbers in texts and the other way round. */
export function canBe(node: ExpressionNode, type: LibraryValueType, functions: LibraryDefinitions): boolean {
  const given = typeOf(node, functions);
  if (given === 'any' || type === 'any' || given === type) return true;
  if (type === 'text') return given !== 'list' && given !== 'object';
  if (type === 'date') return given === 'text';
  if (type === 'number')
    return given === 'boolean' || (given === 'text' && !(node.kind === 'literal' && isNaN(Number(node.value))));
  return false;
}

const comparisons: ReadonlySet<BinaryOperator> = new Set(['==', '!=', '===', '!==', '<', '<=', '>', '>=', 'in']);

/** The type of what a node gives, where its form alone says it. Nothing (`null`) is of any type. */
function typeOf(node: ExpressionNode, functions: LibraryDefinitions): LibraryValueType {
  switch (node.kind) {
    case 'literal':
      return typeOfLiteral(node.value);
    case 'template':
      return 'text';
    case 'array':
      return 'list';
    case 'object':
      return 'object';
    case 'unary':
      return node.operator === '!' ? 'boolean' : node.operator === 'typeof' ? 'text' : 'number';
    case 'binary':
      return comparisons.has(node.operator) ? 'boolean' : node.operator === '+' ? 'any' : 'number';
    case 'call':
      return definitionOf(functions, node.name)?.returns ?? 'any';
    default:
      return 'any';
  }
}

function typeOfLiteral(value: string | number | boolean | null): LibraryValueType {
  if (typeof value === 'string') return 'text';
  if (typeof value === 'number') return 'number';
  return typeof value === 'boolean' ? 'boolean' : 'any';
}
