import type { Component, Screen } from '@fettle/definition';

/** True when two versions of a screen have the same components in the same places, with the same names, types and rules. */
export function hasSameOutline(before: Screen | undefined, after: Screen | undefined): boolean {
  if (before === after) return true;
  if (before === undefined || after === undefined) return false;
  if (before.id !== after.id || before.root !== after.root) return false;
  if (before.components === after.components) return true;
  const ids = Object.keys(after.components);
  if (ids.length !== Object.keys(before.components).length) return false;
  return ids.every((id) => isSameInOutline(before.components[id], after.components[id]));
}

// An edit keeps the identity of what it does not touch, so that nearly every comparison ends at its first line.
function isSameInOutline(before: Component | undefined, after: Component | undefined): boolean {
  if (before === after) return true;
  if (before === undefined || after === undefined) return false;
  return (
    before.type === after.type &&
    before.name === after.name &&
    before.access === after.access &&
    before.slots === after.slots
  );
}
