import { isJsonObject, type Problem } from '@fettle/base';
import { pointer } from '../json-pointer.ts';
import { componentSchema, screenSchema, type Component, type Screen } from '../kinds/screen.ts';
import { checkSchema } from '../load/check-schema.ts';
import { guardJson } from '../load/guard-json.ts';
import { changedKeys } from './changed-keys.ts';
import { checkScreenTree } from './component-tree.ts';
import { checkEvents } from './event-actions.ts';
import { checkFilters } from './filters.ts';
import { checkExpressionLengths, componentCount } from './limits.ts';
import { componentNames, stateNames } from './unique-names.ts';

const idPattern = /^[a-z]{1,8}_[A-Za-z0-9]{1,40}$/;
/** How deep a component stands in the app: `/screens/<id>/components/<id>`. */
const componentJsonDepth = 4;

/** What the change of one screen has broken in it; see `checkChange`. */
export function checkScreenChange(
  id: string,
  before: Screen | undefined,
  after: Screen | undefined,
): readonly Problem[] {
  const path = pointer('/screens', id);
  if (!isJsonObject(after) || !isJsonObject(after.components)) {
    return [{ path, code: 'schema.type', message: 'A screen is an object with components.' }];
  }
  const { components, ...rest } = after;
  if (before === undefined || hasFrameChanged(before, after)) {
    const problems = checkFrame(rest, path);
    if (problems.length > 0) return problems;
  }
  if (before?.components === components) return before.root === after.root ? [] : checkScreenTree(after, path);
  const changed = changedKeys(before?.components ?? {}, components);
  const problems = changed.flatMap((key) => checkComponent(key, components[key], `${path}/components`));
  if (problems.length > 0) return problems;
  const difference = before === undefined ? wholeScreen : differences(before, after, changed);
  return [
    ...(difference.count ? componentCount(after) : []),
    ...(difference.names ? componentNames(after) : []),
    ...(difference.tree ? checkScreenTree(after, path) : []),
  ];
}

function hasFrameChanged(before: Screen, after: Screen): boolean {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]) as ReadonlySet<keyof Screen>;
  return [...keys].some((key) => key !== 'components' && before[key] !== after[key]);
}

function checkFrame(frame: Omit<Screen, 'components'>, path: string): readonly Problem[] {
  const document = { ...frame, components: {} };
  const unsafe = guardJson(document, path, 2);
  if (unsafe.length > 0) return unsafe;
  const problems = checkSchema(screenSchema, document, path);
  if (problems.length > 0) return problems;
  return [
    ...stateNames(frame.state, `${path}/state`),
    ...checkEvents(frame.events, `${path}/events`),
    ...checkFilters(frame.events, `${path}/events`),
    ...checkExpressionLengths(document, path),
  ];
}

function checkComponent(id: string, component: Component | undefined, parent: string): readonly Problem[] {
  const path = pointer(parent, id);
  if (!idPattern.test(id)) return [{ path, code: 'id.invalid', message: `"${id}" cannot be a component id.` }];
  const unsafe = guardJson(component, path, componentJsonDepth);
  if (unsafe.length > 0) return unsafe;
  const problems = checkSchema(componentSchema, component, path);
  if (problems.length > 0 || component === undefined) return problems;
  return [
    ...checkEvents(component.events, `${path}/events`),
    ...checkFilters(component.settings, `${path}/settings`),
    ...checkFilters(component.events, `${path}/events`),
    ...checkExpressionLengths(component, path),
  ];
}

interface Difference {
  readonly count: boolean;
  readonly names: boolean;
  readonly tree: boolean;
}

const wholeScreen: Difference = { count: true, names: true, tree: true };

/**
 * Which rules over all components of the screen the changed ones can have broken. A component that is gone has left a
 * slot, so its parent has changed, too; unless it went alone, which the number of components tells.
 */
function differences(before: Screen, after: Screen, changed: readonly string[]): Difference {
  const hasNew = changed.some((id) => before.components[id] === undefined);
  const isAnyOther = (key: 'name' | 'slots'): boolean =>
    changed.some((id) => before.components[id]?.[key] !== after.components[id]?.[key]);
  return {
    count: hasNew,
    names: hasNew || isAnyOther('name'),
    tree: hasNew || hasOtherCount(before, after) || before.root !== after.root || isAnyOther('slots'),
  };
}

function hasOtherCount(before: Screen, after: Screen): boolean {
  return Object.keys(before.components).length !== Object.keys(after.components).length;
}
