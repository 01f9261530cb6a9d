import type { Actor } from '@fettle/access';
import type { ColumnMeaning, Row, TableDescription } from '@fettle/sdk';

/** Who and when, written by the server into the columns meant for it. */
interface StampColumns {
  readonly onCreate: readonly (readonly [string, 'user' | 'time'])[];
  readonly onUpdate: readonly (readonly [string, 'user' | 'time'])[];
}

const meanings: Readonly<
  Partial<Record<ColumnMeaning, { readonly kind: 'user' | 'time'; readonly isRepeated: boolean }>>
> = {
  createdBy: { kind: 'user', isRepeated: false },
  updatedBy: { kind: 'user', isRepeated: true },
  createdAt: { kind: 'time', isRepeated: false },
  updatedAt: { kind: 'time', isRepeated: true },
};

const stampColumns = new WeakMap<TableDescription, StampColumns | null>();

/** The values of a new row, with who made it and when. What the caller says of these columns does not count. */
export function stampCreate(
  table: TableDescription,
  row: Row,
  stamp: { readonly actor: Actor; readonly now: number },
): Row {
  const columns = columnsOf(table);
  return columns === null ? row : write(row, columns.onCreate, stamp, []);
}

/** The values of a change, with who made it and when. */
export function stampUpdate(
  table: TableDescription,
  values: Row,
  stamp: { readonly actor: Actor; readonly now: number },
): Row {
  const columns = columnsOf(table);
  return columns === null ? values : write(values, columns.onUpdate, stamp, columns.onCreate);
}

function write(
  row: Row,
  columns: StampColumns['onCreate'],
  stamp: { readonly actor: Actor; readonly now: number },
  untouchable: StampColumns['onCreate'],
): Row {
  const stamped: Record<string, Row[string]> = { ...row };
  for (const [name] of untouchable) delete stamped[name];
  for (const [name, kind] of columns)
    stamped[name] = kind === 'time' ? new Date(stamp.now).toISOString() : userValue(stamp.actor);
  return stamped;
}

function columnsOf(table: TableDescription): StampColumns | null {
  const known = stampColumns.get(table);
  if (known !== undefined) return known;
  const found = table.columns.flatMap((column) => {
    const meaning = column.meaning === undefined ? undefined : meanings[column.meaning];
    return meaning === undefined || column.generated ? [] : [{ name: column.name, ...meaning }];
  });
  const columns =
    found.length === 0
      ? null
      : {
          onCreate: found.map(({ name, kind }) => [name, kind] as const),
          onUpdate: found.filter(({ isRepeated }) => isRepeated).map(({ name, kind }) => [name, kind] as const),
        };
  stampColumns.set(table, columns);
  return columns;
}

/** How a person stands in a user column: by e-mail address. A key by its name; a visitor is nobody. */
export function userValue(actor: Actor): string | null {
  switch (actor.kind) {
    case 'user':
      return actor.email;
    case 'api-key':
      return `API key ${actor.name}`;
    case 'system':
      return 'Fettle';
    case 'flow':
      return actor.startedBy?.email ?? `Flow ${actor.name}`;
    case 'visitor':
      return null;
  }
}
