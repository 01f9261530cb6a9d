import { findNodeAtLocation, parseTree, type Node, type ParseError } from 'jsonc-parser';
import { pointerKeys } from '@fettle/definition';

/** Where something stands in a text, counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Where the value of a JSON pointer stands; of one that is not there, the nearest that holds it. */
export function positionOf(text: string, pointer: string): Position {
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  const [error] = errors;
  if (error !== undefined) return at(text, error.offset);
  if (tree === undefined) return { line: 1, column: 1 };
  let node: Node = tree;
  for (const key of pointerKeys(pointer)) {
    const next = findNodeAtLocation(node, [node.type === 'array' ? Number(key) : key]);
    if (next === undefined) break;
    node = next;
  }
  // A member begins at its name.
  return at(text, node.parent?.type === 'property' ? node.parent.offset : node.offset);
}

/** Names that stand twice in one object: JSON keeps the last of them without a word. */
export function repeatedKeys(text: string): readonly { readonly key: string; readonly position: Position }[] {
  const found: { key: string; position: Position }[] = [];
  const visit = (node: Node): void => {
    const seen = new Set<string>();
    for (const child of node.children ?? []) {
      const key = node.type === 'object' ? (child.children?.[0]?.value as string | undefined) : undefined;
      if (key !== undefined && seen.has(key)) found.push({ key, position: at(text, child.offset) });
      if (key !== undefined) seen.add(key);
      visit(child);
    }
  };
  const tree = parseTree(text);
  if (tree !== undefined) visit(tree);
  return found;
}

function at(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: offset - lineStart + 1 };
}
