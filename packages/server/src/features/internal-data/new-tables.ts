import type { FieldSpecification } from '@fettle/sdk';
import type { CallOptions, StructureEditor } from '@fettle/sdk/server';
import type { KnownSchema } from '../data-sources/open-source.ts';
import { checkField } from './field-rules.ts';
import { assertFieldName, assertTableName } from './structure-names.ts';

/** A table that is to be made. */
export interface NewTable {
  readonly name: string;
  readonly fields: readonly FieldSpecification[];
}

/** Throws unless all of these tables can be made beside those that are there. Paths lead into the only one, or into the list. */
export function checkNewTables(tables: readonly NewTable[], taken: readonly string[]): void {
  const all = [...taken];
  const known = new Set([...taken, ...tables.map(({ name }) => name)]);
  for (const [place, { name, fields }] of tables.entries()) {
    const start = tables.length === 1 ? '' : `/tables/${place}`;
    assertTableName(name, all, `${start}/name`);
    all.push(name);
    const names: string[] = [];
    for (const [index, field] of fields.entries()) {
      assertFieldName(field.name, names, `${start}/fields/${index}/name`);
      checkField(field, (target) => known.has(target), `${start}/fields/${index}`);
      names.push(field.name);
    }
  }
}

/** How tables are made that may link to each other: a link to a later one is added when that is there. */
export function planTables(tables: readonly NewTable[]): {
  readonly apply: (editor: StructureEditor, options: CallOptions) => Promise<void>;
  readonly undo: (editor: StructureEditor, options: CallOptions) => Promise<void>;
} {
  const order = new Map(tables.map(({ name }, index) => [name, index]));
  const parts = tables.map(({ name, fields }, index) => {
    const isLate = (field: FieldSpecification): boolean => (order.get(field.target ?? '') ?? -1) > index;
    return { name, fields: fields.filter((field) => !isLate(field)), late: fields.filter(isLate) };
  });
  const links = parts.flatMap(({ name, late }) => late.map((field) => ({ table: name, field })));
  const undo = async (editor: StructureEditor, options: CallOptions, made = links, there = parts): Promise<void> => {
    for (const { table, field } of made) await editor.dropColumn(table, field.name, options);
    for (const { name } of there.toReversed()) await editor.dropTable(name, options);
  };
  return {
    apply: async (editor, options) => {
      const done = { tables: 0, links: 0 };
      try {
        for (const { name, fields } of parts) {
          await editor.createTable(name, fields, options);
          done.tables += 1;
        }
        for (const { table, field } of links) {
          await editor.addColumn(table, field, options);
          done.links += 1;
        }
      } catch (error) {
        await undo(editor, options, links.slice(0, done.links), parts.slice(0, done.tables));
        throw error;
      }
    },
    undo: (editor, options) => undo(editor, options),
  };
}

/** Drops tables that may link to each other: first those that nothing links to, and links where they go in a circle. */
export async function dropLinkedTables(
  editor: StructureEditor,
  options: CallOptions,
  { names, known }: { readonly names: readonly string[]; readonly known: KnownSchema },
): Promise<void> {
  const left = new Set(names.filter((name) => known.tables.has(name)));
  let links = [...left].flatMap((table) =>
    (known.tables.get(table)?.relations ?? [])
      .filter(({ kind, through, columns }) => kind === 'one' && through === undefined && columns[0] !== 'id')
      .flatMap(({ columns, table: target }) =>
        columns[0] !== undefined && target !== table && left.has(target) ? [{ table, column: columns[0], target }] : [],
      ),
  );
  while (left.size > 0) {
    const free = [...left].find((name) => links.every(({ target }) => target !== name));
    const [first] = links;
    if (free !== undefined) {
      await editor.dropTable(free, options);
      left.delete(free);
      links = links.filter(({ table }) => table !== free);
    } else if (first !== undefined) {
      await editor.dropColumn(first.table, first.column, options);
      links = links.slice(1);
    }
  }
}
