import { routes, type RunnableApp } from '@fettle/contract';
import type { ColumnDescription, RelationDescription, TableDescription } from '@fettle/sdk';
import { implementRoute, type RouteImplementation } from '../../http/implement-route.ts';
import { runningAppOf, type RunningApp } from '../apps/running-app.ts';
import type { OpenedApp } from './running-apps.ts';

/** Describes tables by reference. Those that cannot be described (source gone, not reachable) are left out. */
export type DescribeTables = (
  workspaceId: string,
  environment: 'development' | 'production',
  references: readonly string[],
) => Promise<Readonly<Record<string, TableDescription>>>;

/** Opening a release or a draft. */
export function runRoutes({ describeTables }: { readonly describeTables: DescribeTables }): RouteImplementation[] {
  const open = async (running: RunningApp): Promise<RunnableApp> => {
    const { view, appId, slug, workspaceId, environment, rights, roles, user } = running as OpenedApp;
    const described = await describeTables(workspaceId, environment, Object.keys(rights.tables));
    const tables = Object.entries(described).flatMap(([reference, table]) => {
      const rightsOfTable = Object.hasOwn(rights.tables, reference) ? rights.tables[reference] : undefined;
      return rightsOfTable === undefined ? [] : [[reference, pruneTable(table, rightsOfTable.columns)] as const];
    });
    return {
      appId,
      slug,
      version: view.version,
      client: view.client(),
      tables: Object.fromEntries(tables),
      user: user === null ? null : { ...user, roles: [...roles] },
    };
  };
  return [
    implementRoute(routes.apps.open, (context) => open(runningAppOf(context))),
    implementRoute(routes.apps.draftApp, (context) => open(runningAppOf(context))),
  ];
}

/** A table as somebody may know it: the columns they may see and the key, and relations they can follow. */
export function pruneTable(table: TableDescription, columns: 'all' | readonly string[]): TableDescription {
  if (columns === 'all') return table;
  const visible = new Set([...columns, ...table.primaryKey]);
  const isVisible = ({ name }: ColumnDescription): boolean => visible.has(name);
  const isFollowed = ({ name }: RelationDescription): boolean =>
    columns.some((column) => column === name || column.startsWith(`${name}.`));
  const { labelColumn, ...rest } = table;
  return {
    ...rest,
    columns: table.columns.filter(isVisible),
    uniqueKeys: table.uniqueKeys.filter((key) => key.every((column) => visible.has(column))),
    relations: table.relations.filter((relation) => isFollowed(relation) || relation.columns.every((column) => visible.has(column))),
    ...(labelColumn !== undefined && visible.has(labelColumn) ? { labelColumn } : {}),
  };
}
