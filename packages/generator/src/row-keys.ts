import type { TableDescription } from '@fettle/sdk';

/** How expressions read a member, whatever its name. */
export function memberOf(object: string, name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? `${object}.${name}` : `${object}[${JSON.stringify(name)}]`;
}

/** A binding that gives the key of `row` as one text for an address, as `encodeRowKey` writes it. Undefined when rows have no key. */
export function keyBinding(table: TableDescription, row: string): string | undefined {
  const [first, ...others] = table.primaryKey;
  if (first === undefined) return undefined;
  if (others.length === 0) return `{{ ${memberOf(row, first)} }}`;
  return `{{ toJson([${table.primaryKey.map((name) => memberOf(row, name)).join(', ')}]) }}`;
}

/** The only key column; undefined for composite keys and tables without one. */
export function singleKey(table: TableDescription): string | undefined {
  return table.primaryKey.length === 1 ? table.primaryKey[0] : undefined;
}

/** A binding that reads one column of the key out of the screen's address. Undefined for other columns. */
export function keyPartBinding({ primaryKey }: TableDescription, column: string): string | undefined {
  const index = primaryKey.indexOf(column);
  if (index === -1) return undefined;
  return primaryKey.length === 1 ? '{{ screen.params.id }}' : `{{ parseJson(screen.params.id)?.[${index}] }}`;
}
