import { isJsonObject } from '@fettle/base';
import { rewriteTemplate, type Rename } from '@fettle/expression';
import type { Component, Screen } from '@fettle/definition';

/** Renames `root.from` to `root.to`: `components.table1` to `components.tracks`. */
export function renameMember(root: string, from: string, to: string): Rename {
  return (path) => (path.length === 2 && path[0] === root && path[1] === from ? [root, to] : undefined);
}

/**
 * A JSON value with the expressions in its texts rewritten. What does not change keeps its identity, so that callers
 * see by `===` whether anything did. `mark` must occur in a text before it is worth parsing.
 */
export function rewriteValue<T>(value: T, mark: string, rename: Rename): T {
  if (typeof value === 'string') {
    return value.includes('{{') && value.includes(mark) ? (rewriteTemplate(value, rename) as T) : value;
  }
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => rewriteValue(item, mark, rename));
    return items.some((item, index) => item !== value[index]) ? (items as T) : value;
  }
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).map(
    ([key, member]) => [key, rewriteValue<unknown>(member, mark, rename)] as const,
  );
  const isSame = entries.every(([key, member]) => member === value[key]);
  return isSame ? value : (Object.fromEntries(entries) as T);
}

const componentParts = ['settings', 'events', 'visible'] as const;
const screenParts = ['title', 'events', 'state'] as const;

/** Rewrites the expressions of one component. */
export function rewriteComponent(
  component: Component,
  draft: () => Component | undefined,
  mark: string,
  rename: Rename,
): void {
  for (const part of componentParts) {
    const before = component[part];
    const after = rewriteValue<unknown>(before, mark, rename);
    const target = after === before ? undefined : draft();
    if (target !== undefined) Object.assign(target, { [part]: after });
  }
}

/** Rewrites the expressions of a screen and all its components. `screen` is read, `draft` is written. */
export function rewriteScreen(screen: Screen, draft: Screen, mark: string, rename: Rename): void {
  for (const part of screenParts) {
    const before = screen[part];
    const after = rewriteValue<unknown>(before, mark, rename);
    if (after !== before) Object.assign(draft, { [part]: after });
  }
  for (const [id, component] of Object.entries(screen.components)) {
    rewriteComponent(component, () => draft.components[id], mark, rename);
  }
}
