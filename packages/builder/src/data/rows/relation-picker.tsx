import { useState } from 'react';
import { Loader, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Json } from '@fettle/base';
import { routes } from '@fettle/contract';
import type { Row, TableDescription } from '@fettle/sdk';
import { useClient } from '../../api/client.ts';
import { useWorkspace } from '../../shell/workspace.tsx';
import type { CellEditorProps } from './cell-editor.tsx';
import type { RelationColumn } from './relation-columns.ts';

const mostOptions = 30;

type Props = Omit<CellEditorProps, 'relation'> & {
  readonly relation: RelationColumn;
  readonly placeholder: string | undefined;
};

/** Chooses a related row by its label, searched on the server. */
export function RelationPicker({
  column,
  relation,
  dataSource,
  draft,
  inputId,
  hasProblem,
  placeholder,
  onChange,
}: Props) {
  const client = useClient();
  const { id: workspaceId } = useWorkspace();
  const [isOpen, setIsOpen] = useState(false);
  const [search, setSearch] = useState('');
  const [text] = useDebouncedValue(search.trim(), 250);
  const { target } = relation;
  const keyColumn = relation.relation.foreignColumns[0] ?? '';
  const value = typeof draft === 'string' && draft !== '' ? draft : null;
  const params = { workspaceId, dataSource, table: target.id };
  const columns = [...new Set([keyColumn, ...(target.labelColumn === undefined ? [] : [target.labelColumn])])];
  const chosen = useQuery({
    queryKey: ['rows', workspaceId, dataSource, target.id, 'label', keyColumn, value],
    queryFn: ({ signal }) =>
      client.call(routes.dataSources.rows.list, {
        params,
        body: {
          columns,
          filter: { column: keyColumn, operator: 'equal' as const, value: keyValue(target, keyColumn, value ?? '') },
          limit: 1,
        },
        signal,
      }),
    enabled: value !== null,
    staleTime: 60_000,
  });
  // An open list that still shows the chosen row's label is not searched yet.
  const chosenRow = chosen.data?.rows[0];
  const isChosenLabel = chosenRow !== undefined && text === labelOf(chosenRow, target, keyColumn);
  const isSearch = isOpen && text !== '' && !isChosenLabel && target.labelColumn !== undefined;
  const offered = useQuery({
    queryKey: ['rows', workspaceId, dataSource, target.id, 'options', columns, isSearch ? text : ''],
    queryFn: ({ signal }) =>
      client.call(routes.dataSources.rows.list, {
        params,
        body: {
          columns,
          limit: mostOptions,
          ...(isSearch ? { search: { text } } : {}),
          ...(target.labelColumn === undefined
            ? {}
            : { sort: [{ column: target.labelColumn, direction: 'ascending' as const }] }),
        },
        signal,
      }),
    enabled: isOpen,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
  const optionOf = (row: Row) => ({ value: String(row[keyColumn]), label: labelOf(row, target, keyColumn) });
  const known = [...(chosen.data?.rows ?? []), ...(offered.data?.rows ?? [])].map(optionOf);
  const options = [...new Map(known.map((option) => [option.value, option])).values()];
  if (value !== null && !options.some((option) => option.value === value)) options.unshift({ value, label: value });
  return (
    <Select
      id={inputId}
      error={hasProblem}
      {...(placeholder === undefined ? {} : { placeholder })}
      data={options}
      value={value}
      searchable
      clearable={column.nullable}
      filter={({ options: all }) => all}
      nothingFoundMessage={offered.isError ? 'The rows could not be read' : 'No row matches'}
      rightSection={offered.isFetching ? <Loader size={12} /> : undefined}
      onDropdownOpen={() => setIsOpen(true)}
      onDropdownClose={() => {
        setIsOpen(false);
        setSearch('');
      }}
      onSearchChange={setSearch}
      onChange={onChange}
    />
  );
}

function labelOf(row: Row, target: TableDescription, keyColumn: string): string {
  const label = target.labelColumn === undefined ? null : (row[target.labelColumn] ?? null);
  const key = String(row[keyColumn]);
  return label === null || typeof label === 'object' || String(label) === key ? key : `${String(label)} · ${key}`;
}

function keyValue(target: TableDescription, column: string, text: string): Json {
  const type = target.columns.find(({ name }) => name === column)?.type;
  const number = Number(text);
  return type === 'integer' && Number.isSafeInteger(number) ? number : text;
}
