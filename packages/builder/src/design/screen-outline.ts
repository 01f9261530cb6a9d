import type { Component, Screen } from '@fettle/definition';

/** True when two versions of a screen have the same components in the same places, with the same names, types and rules. */
export function hasSameOutline(before: Screen | undefined, after: Screen | undefined): boolean {
  if (before === after) return true;
  if (before === undefined || after === undefined) return false;
  if (before.id !== after.id || before.root !== after.root) return false;
  return before.components === after.components || haveSameOutline(before.components, after.components);
}

type Components = Screen['components'];

// Each part of the page that shows names compares the same two versions.
let last: { readonly before: Components; readonly after: Components; readonly isSame: boolean } | undefined;

function haveSameOutline(before: Components, after: Components): boolean {
  if (last?.before !== before || last.after !== after) last = { before, after, isSame: compare(before, after) };
  return last.isSame;
}

function compare(before: Components, after: Components): boolean {
  const ids = Object.keys(after);
  if (ids.length !== Object.keys(before).length) return false;
  return ids.every((id) => isSameInOutline(before[id], after[id]));
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
