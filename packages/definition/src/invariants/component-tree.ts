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
    return [
      { path: `${path}/root`, code: 'tree.no-root', message: `The root component "${screen.root}" does not exist.` },
    ];
  }
  const problems: Problem[] = [];
  const depths = new Map([[screen.root, 1]]);
  const queue = [screen.root];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    const depth = depths.get(id) ?? 1;
    const slots = screen.components[id]?.slots;
    for (const slot in slots) {
      slots[slot]?.forEach((child, index) => {
        const complaint = complain(screen, child, { depth, isPlaced: depths.has(child) });
        if (complaint === undefined) {
          depths.set(child, depth + 1);
          queue.push(child);
        } else problems.push({ path: `${pointer(`${path}/components/${id}/slots`, slot)}/${index}`, ...complaint });
      });
    }
  }
  // Children of a component that is too deep are not visited; calling them orphans too would only confuse.
  if (problems.length > 0) return problems;
  for (const id in screen.components) {
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

function complain(
  screen: Screen,
  child: string,
  place: { readonly depth: number; readonly isPlaced: boolean },
): Omit<Problem, 'path'> | undefined {
  if (place.isPlaced) {
    return { code: 'tree.two-places', message: `The component "${child}" stands in two places, or contains itself.` };
  }
  if (!Object.hasOwn(screen.components, child)) {
    return { code: 'tree.missing-child', message: `The component "${child}" does not exist.` };
  }
  if (place.depth < appLimits.componentDepth) return undefined;
  return {
    code: 'tree.too-deep',
    message: `Components can be nested ${appLimits.componentDepth} levels deep at most.`,
  };
}
