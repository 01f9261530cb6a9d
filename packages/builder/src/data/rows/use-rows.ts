import { useMemo } from 'react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { routes } from '@fettle/contract';
import type { SchemaDescription, TableDescription } from '@fettle/sdk';
import { useClient } from '../../api/client.ts';
import { useWorkspace } from '../../shell/workspace.tsx';
import { filterColumns } from '../filter/filter-columns.ts';
import { filterOf } from '../filter/filter-draft.ts';
import { expandOf, relationColumns } from './relation-columns.ts';
import type { RowsView } from './rows-view.ts';

/** Where rows are. */
export interface TablePlace {
  readonly dataSource: string;
  readonly table: TableDescription;
  readonly schema: SchemaDescription;
}

/** The request for the rows of a view, without its page: what an export takes as well. */
export function requestOf({ table, schema }: Pick<TablePlace, 'table' | 'schema'>, view: RowsView) {
  const filter = filterOf(view.filter, filterColumns(table, schema));
  const known = new Set(table.columns.map(({ name }) => name));
  const sort = view.sort.filter(({ column }) => known.has(column));
  const text = view.search.trim();
  return {
    ...(filter === undefined ? {} : { filter }),
    ...(text === '' || !isSearchable(table) ? {} : { search: { text } }),
    ...(sort.length === 0 ? {} : { sort: [...sort] }),
  };
}

/** True when the table has text to search in. */
export function isSearchable(table: TableDescription): boolean {
  return table.columns.some(({ type }) => type === 'text' || type === 'longText' || type === 'enum' || type === 'uuid');
}

/** A page of rows, with what names their related rows. */
export function useRows(place: TablePlace, view: RowsView) {
  const client = useClient();
  const { id: workspaceId } = useWorkspace();
  const { dataSource, table, schema } = place;
  const relations = useMemo(() => relationColumns(table, schema), [table, schema]);
  const expand = useMemo(() => expandOf(relations), [relations]);
  const body = {
    ...requestOf(place, view),
    ...(expand === undefined ? {} : { expand }),
    limit: view.size,
    total: 'estimated' as const,
    ...(view.offset === 0 ? {} : { offset: view.offset }),
  };
  const rows = useQuery({
    queryKey: ['rows', workspaceId, dataSource, table.id, body],
    queryFn: ({ signal }) =>
      client.call(routes.dataSources.rows.list, { params: { workspaceId, dataSource, table: table.id }, body, signal }),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
  return { rows, relations };
}
