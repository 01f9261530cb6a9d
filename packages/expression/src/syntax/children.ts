import type { ArgumentNode, ExpressionNode, PatternNode, SpreadNode } from './node.ts';

type AnyNode = ArgumentNode | SpreadNode;

/** The nodes directly within a node. Arrow functions give their defaults and their body. */
export function childrenOf(node: AnyNode): readonly AnyNode[] {
  switch (node.kind) {
    case 'member':
      return [node.object];
    case 'index':
      return [node.object, node.index];
    case 'call':
      return node.arguments;
    case 'method':
      return [node.object, ...node.arguments];
    case 'unary':
      return [node.operand];
    case 'binary':
    case 'logical':
      return [node.left, node.right];
    case 'conditional':
      return [node.test, node.then, node.otherwise];
    case 'array':
      return node.items;
    case 'object':
      return node.entries.flatMap((entry) => {
        if (entry.kind === 'spread') return [entry.value];
        return typeof entry.key === 'string' ? [entry.value] : [entry.key, entry.value];
      });
    case 'template':
      return node.values;
    case 'spread':
      return [node.value];
    case 'arrow':
      return [...node.parameters.flatMap(fallbacksOf), node.body];
    default:
      return [];
  }
}

function fallbacksOf(pattern: PatternNode): readonly ExpressionNode[] {
  const own = pattern.fallback === undefined ? [] : [pattern.fallback];
  if (pattern.kind === 'members') return [...own, ...pattern.members.flatMap(({ target }) => fallbacksOf(target))];
  if (pattern.kind === 'items') return [...own, ...pattern.items.flatMap((item) => (item ? fallbacksOf(item) : []))];
  return own;
}

/** The names that an arrow function's parameter introduces. */
export function namesOf(pattern: PatternNode): readonly string[] {
  if (pattern.kind === 'name') return [pattern.name];
  if (pattern.kind === 'members') return pattern.members.flatMap(({ target }) => namesOf(target));
  return pattern.items.flatMap((item) => (item ? namesOf(item) : []));
}
