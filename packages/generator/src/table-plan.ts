import { slugFromLabel, nameFromLabel, uniqueName } from '@fettle/base';
import type { SchemaDescription, TableDescription } from '@fettle/sdk';
import type { IdMaker } from './ids.ts';
import { singular, titleOf } from './words.ts';

/** What the app has for one table: which screens, and how they are called. */
export interface TablePlan {
  readonly table: TableDescription;
  readonly dataSource: string;
  readonly schema: SchemaDescription;
  readonly title: string;
  readonly single: string;
  readonly slug: string;
  /** Name of the list screen; the others are made from it. */
  readonly name: string;
  readonly list: string;
  /** Absent where rows have no key. */
  readonly detail: string | undefined;
  readonly create: string | undefined;
  readonly edit: string | undefined;
}

/** Tables of two schemas can have one name: whoever reads the navigation must tell them apart. */
function isNameShared(
  table: TableDescription,
  { schema, tables }: { readonly schema: SchemaDescription; readonly tables: readonly string[] },
): boolean {
  return schema.tables.some(({ id, name }) => id !== table.id && name === table.name && tables.includes(id));
}

/** Plans the screens of every chosen table, so that they can lead to one another. */
export function planTables(options: {
  readonly schema: SchemaDescription;
  readonly tables: readonly string[];
  readonly dataSource: string;
  readonly ids: IdMaker;
}): ReadonlyMap<string, TablePlan> {
  const { schema, dataSource, ids } = options;
  const slugs = new Set<string>();
  const names = new Set<string>();
  const plans = new Map<string, TablePlan>();
  for (const id of new Set(options.tables)) {
    const table = schema.tables.find((candidate) => candidate.id === id);
    if (table === undefined) continue;
    const title = isNameShared(table, options)
      ? `${titleOf(table.name)} (${titleOf(table.schema ?? table.id)})`
      : titleOf(table.name);
    const slug = uniqueName(slugFromLabel(title, 'table'), (candidate) => slugs.has(candidate));
    const name = uniqueName(nameFromLabel(title, 'table'), (candidate) => names.has(candidate.toLowerCase()));
    slugs.add(slug);
    names.add(name.toLowerCase());
    const hasKey = table.primaryKey.length > 0;
    const isWritable = table.writable && table.kind === 'table';
    plans.set(id, {
      table,
      dataSource,
      schema,
      title,
      single: singular(titleOf(table.name)),
      slug,
      name,
      list: ids('scr'),
      detail: hasKey ? ids('scr') : undefined,
      create: isWritable ? ids('scr') : undefined,
      edit: hasKey && isWritable ? ids('scr') : undefined,
    });
  }
  return plans;
}
