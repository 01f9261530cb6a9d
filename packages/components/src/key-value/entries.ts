import { isJsonObject, labelFromName, type Json } from '@fettle/base';
import type { Row, TableDescription } from '@fettle/sdk';

/** One name with its value. */
export interface Entry {
  readonly key: string;
  readonly label: string;
  readonly value: unknown;
  /** A column type, when known. */
  readonly type?: string;
}

/** The entries of a row: the chosen columns in their order, or all that are plain values. */
export function entriesOfRow(
  row: Row,
  table: TableDescription | undefined,
  columns: readonly string[] | undefined,
): readonly Entry[] {
  const types = new Map(table?.columns.map((column) => [column.name, column.type]));
  const all = table?.columns.map((column) => column.name).filter((name) => name in row) ?? Object.keys(row);
  const names = columns === undefined || columns.length === 0 ? all : columns;
  return names.map((name) => {
    const type = types.get(name);
    // A column's own name may hold a dot.
    const spoken = types.has(name) ? name : shortName(name, names);
    return {
      key: name,
      label: labelFromName(spoken.replaceAll('.', ' ')),
      value: type === undefined ? readable(memberAt(row, name)) : memberAt(row, name),
      ...(type === undefined ? {} : { type }),
    };
  });
}

/** The only column shown of a related row stands for it: `album.title` is the album. */
function shortName(name: string, names: readonly string[]): string {
  const [relation, column] = name.split('.');
  if (relation === undefined || column === undefined) return name;
  return names.filter((other) => other.startsWith(`${relation}.`)).length === 1 ? relation : name;
}

function memberAt(row: Row, path: string): Json {
  if (Object.hasOwn(row, path)) return row[path] ?? null;
  let value: Json = row;
  for (const name of path.split('.')) {
    if (!isJsonObject(value) || !Object.hasOwn(value, name)) return null;
    value = value[name] ?? null;
  }
  return value;
}

/** A related row is shown by its first text. */
function readable(value: Json): Json {
  if (!isJsonObject(value)) return value;
  const text = Object.values(value).find((part) => typeof part === 'string' && part !== '');
  return text ?? value;
}
