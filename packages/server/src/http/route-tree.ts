import { bug } from '@fettle/base';
import type { Method } from '@fettle/contract';

/** What a path led to: the leaf's value by method, and the path's parameters in order, still encoded. */
export interface RouteMatch<T> {
  readonly methods: ReadonlyMap<string, { readonly value: T; readonly names: readonly string[] }>;
  readonly values: readonly string[];
}

interface TreeNode<T> {
  readonly literals: Map<string, TreeNode<T>>;
  parameter: TreeNode<T> | undefined;
  readonly methods: Map<string, { readonly value: T; readonly names: readonly string[] }>;
}

/** Paths by segment. Looking one up takes a step per segment, however many routes there are. */
export class RouteTree<T> {
  readonly #root: TreeNode<T> = createNode();

  add(method: Method, path: string, value: T): void {
    let node = this.#root;
    const names: string[] = [];
    for (const segment of path.split('/').slice(1)) {
      if (segment.startsWith(':')) {
        names.push(segment.slice(1));
        node = node.parameter ??= createNode();
      } else {
        let next = node.literals.get(segment);
        if (next === undefined) node.literals.set(segment, (next = createNode()));
        node = next;
      }
    }
    if (node.methods.has(method)) throw bug(`Two routes answer ${method} ${path}.`);
    node.methods.set(method, { value, names });
  }

  /** Literal segments win over parameters; where a literal leads nowhere, the parameter is tried. */
  find(path: string): RouteMatch<T> | undefined {
    const segments = path.split('/');
    const values: string[] = [];
    const node = walk(this.#root, segments, 1, values);
    return node === undefined ? undefined : { methods: node.methods, values };
  }
}

function walk<T>(
  node: TreeNode<T>,
  segments: readonly string[],
  index: number,
  values: string[],
): TreeNode<T> | undefined {
  if (index === segments.length) return node.methods.size > 0 ? node : undefined;
  const segment = segments[index] as string;
  const literal = node.literals.get(segment);
  if (literal !== undefined) {
    const found = walk(literal, segments, index + 1, values);
    if (found !== undefined) return found;
  }
  if (node.parameter === undefined || segment === '') return undefined;
  values.push(segment);
  const found = walk(node.parameter, segments, index + 1, values);
  if (found === undefined) values.pop();
  return found;
}

function createNode<T>(): TreeNode<T> {
  return { literals: new Map(), parameter: undefined, methods: new Map() };
}
