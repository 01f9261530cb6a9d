import type { Problem } from '@fettle/base';
import type { App } from '../app.ts';
import { pointer } from '../json-pointer.ts';
import type { Screen } from '../kinds/screen.ts';
import { appLimits } from '../limits.ts';

/** Components of each screen form one tree: every child exists, has one parent, and hangs below the root. */
export function componentTree(app: App): readonly Problem[] {
  return Object.values(app.screens).flatMap((screen) => checkScreenTree(screen, `/screens/${screen.id}`));
}

/** The same for one screen. */
export function checkScreenTree(screen: Screen, path: string): readonly Problem[] {
  if (!Object.hasOwn(screen.components, screen.root)) {
    return [{ path: `${path}/root`, code: 'tree.no-root', message: `The root component "${screen.root}" does not exist.` }];
  }
  const problems: Problem[] = [];
  const depths = new Map([[screen.root, 1]]);
  const queue = [screen.root];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    const depth = depths.get(id) ?? 1;
    for (const child of childPlaces(screen, id, path)) {
      const problem = checkChild(screen, child, depths);
      if (problem !== undefined) problems.push(problem);
      else if (depth >= appLimits.componentDepth) problems.push(tooDeep(child.path));
      else {
        depths.set(child.id, depth + 1);
        queue.push(child.id);
      }
    }
  }
  // Children of a component that is too deep are not visited; calling them orphans too would only confuse.
  if (problems.length > 0) return problems;
  for (const id of Object.keys(screen.components)) {
    if (!depths.has(id)) {
      problems.push({
        path: pointer(`${path}/components`, id),
        code: 'tree.orphan',
        message: `The component "${id}" hangs below no other component.`,
      });
    }
  }
  return problems;
}

interface ChildPlace {
  readonly id: string;
  readonly path: string;
}

function childPlaces(screen: Screen, id: string, path: string): readonly ChildPlace[] {
  return Object.entries(screen.components[id]?.slots ?? {}).flatMap(([slot, children]) =>
    children.map((child, index) => ({
      id: child,
      path: `${pointer(`${path}/components/${id}/slots`, slot)}/${index}`,
    })),
  );
}

function checkChild(screen: Screen, child: ChildPlace, depths: ReadonlyMap<string, number>): Problem | undefined {
  if (!Object.hasOwn(screen.components, child.id)) {
    return { path: child.path, code: 'tree.missing-child', message: `The component "${child.id}" does not exist.` };
  }
  if (!depths.has(child.id)) return undefined;
  return {
    path: child.path,
    code: 'tree.two-places',
    message: `The component "${child.id}" stands in two places, or contains itself.`,
  };
}

function tooDeep(path: string): Problem {
  return {
    path,
    code: 'tree.too-deep',
    message: `Components can be nested ${appLimits.componentDepth} levels deep at most.`,
  };
}
