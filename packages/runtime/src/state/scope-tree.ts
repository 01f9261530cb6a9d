import {
  createScopeObject,
  type DependencyPath,
  type Scope,
  type ScopeObjectHandlers,
  type Template,
} from '@fettle/expression';

const handlersOf = new WeakMap<object, ScopeObjectHandlers>();

/** A scope object that {@link touch} can walk as well. */
export function createTree(handlers: ScopeObjectHandlers): object {
  const tree = createScopeObject(handlers);
  handlersOf.set(tree, handlers);
  return tree;
}

/** Reads what a path names, so that whoever is being computed follows it. */
export function touch(scope: Scope, path: DependencyPath): void {
  const [first, ...rest] = path;
  if (first === undefined || !scope.has(first)) return;
  let value = scope.get(first);
  for (const key of rest) {
    const handlers = typeof value === 'object' && value !== null ? handlersOf.get(value) : undefined;
    if (handlers === undefined || !handlers.has(key)) return;
    value = handlers.get(key);
  }
}

/** Every path a binding reads. */
export function dependenciesOf(template: Template): readonly DependencyPath[] {
  if (template.kind === 'literal') return [];
  if (template.kind === 'expression') return template.expression.dependencies;
  return template.parts.flatMap((part) => (typeof part === 'string' ? [] : part.dependencies));
}

/** A tree with fixed keys whose values are read through functions. */
export function createRecordTree(members: Readonly<Record<string, () => unknown>>): object {
  return createTree({
    has: (key) => Object.hasOwn(members, key),
    get: (key) => members[key]?.(),
    keys: () => Object.keys(members),
  });
}
