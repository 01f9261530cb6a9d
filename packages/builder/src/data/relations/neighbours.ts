import type { TableDescription } from '@fettle/sdk';

/** A table beside the one in the middle of the drawing. */
export interface Neighbour {
  readonly table: string;
  /** `in`: its rows point here. `out`: rows here point to it. `both`: any number on both sides. */
  readonly side: 'in' | 'out' | 'both';
  readonly labels: readonly string[];
}

/** The tables a table is linked with, once each per side. */
export function neighboursOf(table: TableDescription): readonly Neighbour[] {
  const found = new Map<string, { table: string; side: Neighbour['side']; labels: string[] }>();
  for (const relation of table.relations) {
    const side = relation.through !== undefined ? 'both' : relation.kind === 'one' ? 'out' : 'in';
    const label =
      side === 'both'
        ? `through ${relation.through?.table ?? ''}`
        : (side === 'out' ? relation.columns : relation.foreignColumns).join(', ');
    const key = `${side} ${relation.table}`;
    const known = found.get(key);
    if (known === undefined) found.set(key, { table: relation.table, side, labels: [label] });
    else if (!known.labels.includes(label)) known.labels.push(label);
  }
  return [...found.values()];
}
