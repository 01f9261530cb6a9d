import { uniqueName } from '@fettle/base';
import type { TemplateTable } from '@fettle/template';

/** The names that the tables of a template get beside those that are taken: their own, or one with a number. */
export function chooseTableNames(
  tables: readonly TemplateTable[],
  taken: readonly string[],
): Readonly<Record<string, string>> {
  const used = new Set(taken.map((name) => name.toLowerCase()));
  const own = new Set(tables.map(({ name }) => name.toLowerCase()));
  const names: Record<string, string> = {};
  for (const { name } of tables) {
    const isFree = !used.has(name.toLowerCase());
    const chosen = isFree
      ? name
      : uniqueName(`${name}_`, (candidate) => {
          const lower = candidate.toLowerCase();
          return candidate === `${name}_` || used.has(lower) || own.has(lower);
        });
    used.add(chosen.toLowerCase());
    names[name] = chosen;
  }
  return names;
}

/** The tables under the names they get. */
export function renameTables(
  tables: readonly TemplateTable[],
  names: Readonly<Record<string, string>>,
): readonly Pick<TemplateTable, 'name' | 'fields'>[] {
  return tables.map(({ name, fields }) => ({
    name: names[name] ?? name,
    fields: fields.map((field) =>
      field.target === undefined ? field : { ...field, target: names[field.target] ?? field.target },
    ),
  }));
}
