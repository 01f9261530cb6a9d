import type { ReleaseRights } from '@fettle/access';
import type { Environment } from '@fettle/contract';
import { tableReference } from '@fettle/definition';
import type { ColumnDescription, TableDescription } from '@fettle/sdk';
import type { Log } from '../../log.ts';
import type { KnownSchema } from '../data-sources/open-source.ts';
import type { OpenSources } from '../data-sources/open-sources.ts';
import { guardOfRights, type ColumnGuard } from './column-guard.ts';

/** Describes the tables that rights speak of, as far as they may be seen, by table reference. */
export type DescribeTables = (
  workspaceId: string,
  environment: Environment,
  rights: ReleaseRights,
) => Promise<Readonly<Record<string, TableDescription>>>;

/**
 * Makes it. Besides the tables themselves, tables reached through a relation are described with the columns that may
 * be read through it, so that a browser knows the types of what it shows. A data source that cannot be reached leaves
 * its tables out: the rest of the app still opens.
 */
export function createDescribeTables({
  sources,
  log,
}: {
  readonly sources: OpenSources;
  readonly log: Log;
}): DescribeTables {
  const schemaOf = async (
    workspaceId: string,
    dataSource: string,
    environment: Environment,
  ): Promise<KnownSchema | undefined> => {
    try {
      const source = await sources.get(workspaceId, dataSource, environment);
      return await sources.schemaOf(source);
    } catch (error) {
      log.warn({ err: error, dataSource, environment }, 'Tables of a data source could not be described');
      return undefined;
    }
  };
  return async (workspaceId, environment, rights) => {
    const described: Record<string, TableDescription> = {};
    const through: Record<string, { readonly table: TableDescription; readonly columns: Set<string> }> = {};
    const bySource = Map.groupBy(Object.keys(rights.tables), (reference) => reference.slice(0, reference.indexOf('/')));
    for (const [dataSource, references] of bySource) {
      const known = await schemaOf(workspaceId, dataSource, environment);
      if (known === undefined) continue;
      for (const reference of references) {
        const table = known.tables.get(reference.slice(dataSource.length + 1));
        if (table === undefined) continue;
        const guard = guardOfRights(rights, { dataSource, known, table });
        described[reference] = { ...pruneTable(table, guard), ...allowedOf(rights.tables[reference]) };
        noteRelated(through, guard, dataSource);
      }
    }
    for (const [reference, { table, columns }] of Object.entries(through)) {
      described[reference] ??= {
        ...table,
        columns: table.columns.filter((column) => columns.has(column.name)),
        uniqueKeys: [],
        relations: [],
        writable: false,
      };
    }
    return described;
  };
}

/** What the roles may not do, so that nobody is shown a control that would be refused. */
function allowedOf(rights: ReleaseRights['tables'][string] | undefined): Pick<TableDescription, 'allowed'> {
  if (rights === undefined || (rights.create && rights.update && rights.delete)) return {};
  return { allowed: { create: rights.create, update: rights.update, delete: rights.delete } };
}

function noteRelated(
  through: Record<string, { readonly table: TableDescription; readonly columns: Set<string> }>,
  guard: ColumnGuard,
  dataSource: string,
): void {
  for (const relation of guard.table.relations) {
    const table = guard.known.tables.get(relation.table);
    const columns = guard.relatedColumns(relation.name);
    if (table === undefined || columns.length === 0) continue;
    const entry = (through[tableReference(dataSource, relation.table)] ??= { table, columns: new Set() });
    for (const column of columns) entry.columns.add(column);
  }
}

/** A description with only the columns and relations that may be seen. */
export function pruneTable(table: TableDescription, guard: ColumnGuard): TableDescription {
  const isVisible = (column: ColumnDescription): boolean => guard.allowsOwn(column.name);
  const { labelColumn, ...rest } = table;
  return {
    ...rest,
    columns: table.columns.filter(isVisible),
    uniqueKeys: table.uniqueKeys.filter((key) => key.every((column) => guard.allowsOwn(column))),
    relations: table.relations.filter((relation) => guard.allowsRelation(relation.name)),
    ...(labelColumn === undefined || !guard.allowsOwn(labelColumn) ? {} : { labelColumn }),
  };
}
