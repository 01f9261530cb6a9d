import type { FieldSpecification, RelationNames, TableDescription } from '@fettle/sdk';
import { describeTemplateTables } from './describe-tables.ts';
import type { TemplateTable } from './format/tables-schema.ts';

/**
 * The tables with the names of their relations stated: the app of a template uses these names, and they must not follow
 * the names that its tables get where it is installed.
 */
export function stateRelationNames(tables: readonly TemplateTable[]): readonly TemplateTable[] {
  const described = new Map(describeTemplateTables(tables).map((table) => [table.name, table]));
  return tables.map((table) => ({
    ...table,
    fields: table.fields.map((field) =>
      field.type === 'relation' ? { ...field, relationNames: namesOf(table.name, field, described) } : field,
    ),
  }));
}

function namesOf(
  table: string,
  { name, target = '' }: FieldSpecification,
  described: ReadonlyMap<string, TableDescription>,
): RelationNames {
  const there = described.get(target)?.relations ?? [];
  const own = described
    .get(table)
    ?.relations.find(({ columns, through }) => through === undefined && columns[0] === name)?.name;
  const back = there.find(
    (relation) => relation.through === undefined && relation.table === table && relation.foreignColumns[0] === name,
  )?.name;
  const through = there.find(
    (relation) => relation.through?.table === table && relation.through.columns[0] === name,
  )?.name;
  return {
    ...(own === undefined ? {} : { own }),
    ...(back === undefined ? {} : { back }),
    ...(through === undefined ? {} : { through }),
  };
}
