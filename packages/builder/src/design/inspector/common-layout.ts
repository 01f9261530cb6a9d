import { jsonEquals } from '@fettle/base';
import type { ComponentLayout } from '@fettle/definition';
import { withoutEmpty } from './layout-edit.ts';

const members = ['span', 'start', 'hideOn', 'align', 'grow'] as const;

/** The members that all layouts agree on. */
export function commonLayout(layouts: readonly ComponentLayout[]): ComponentLayout {
  const [first, ...others] = layouts;
  if (first === undefined) return {};
  const entries = members.flatMap((member) => {
    const value = first[member];
    return value !== undefined && others.every((other) => jsonEquals(other[member], value))
      ? [[member, value] as const]
      : [];
  });
  return Object.fromEntries(entries) as ComponentLayout;
}

/** A layout with the members that changed from one common layout to the next; the others stay its own. */
export function changeCommonLayout(
  own: ComponentLayout,
  before: ComponentLayout,
  after: ComponentLayout,
): ComponentLayout | undefined {
  const next: Record<string, unknown> = { ...own };
  for (const member of members) {
    if (jsonEquals(before[member], after[member])) continue;
    if (after[member] === undefined) delete next[member];
    else next[member] = after[member];
  }
  return withoutEmpty(next as ComponentLayout);
}
