import { useState } from 'react';
import { Loader, Select, Text } from '@mantine/core';
import type { SchemaDescription, TableDescription } from '@fettle/sdk';
import { findTable, useDataSources, useSchema } from './use-schema.ts';

/** A table of a data source. */
export interface TablePlace {
  readonly dataSource: string;
  readonly table: string;
}

/** Picks a data source. */
export function SourcePicker(props: {
  readonly value: string | undefined;
  readonly onChange: (dataSource: string) => void;
  readonly inputId?: string;
  readonly label?: string;
}) {
  const { list, isPending, error } = useDataSources();
  const { value } = props;
  const known = list.map((source) => ({ value: source.id, label: source.name }));
  const data =
    value === undefined || value === '' || isPending || known.some((one) => one.value === value)
      ? known
      : [...known, { value, label: 'Data source not found' }];
  return (
    <Select
      aria-label={props.label ?? 'Data source'}
      placeholder={isPending ? 'Reading …' : 'Data source'}
      data={data}
      value={value ?? null}
      allowDeselect={false}
      searchable={known.length > 8}
      error={
        error === null || error === undefined ? false : 'The data sources could not be read. Try again in a moment.'
      }
      onChange={(next) => next !== null && props.onChange(next)}
      {...(props.inputId === undefined ? {} : { id: props.inputId })}
    />
  );
}

/** Picks a data source and one of its tables. The only data source is chosen by itself. */
export function TablePicker(props: {
  readonly value: Partial<TablePlace>;
  /** Called when a table is chosen: a data source alone says nothing yet. */
  readonly onChange: (
    place: TablePlace,
    table: TableDescription | undefined,
    schema: SchemaDescription | undefined,
  ) => void;
  readonly inputId?: string;
}) {
  const { list } = useDataSources();
  const only = list.length === 1 ? list[0]?.id : undefined;
  const [picked, setPicked] = useState<string>();
  const dataSource = picked ?? props.value.dataSource ?? only;
  const { schema, isPending, error } = useSchema(dataSource);
  const table = dataSource === props.value.dataSource ? (props.value.table ?? '') : '';
  const names = (schema?.tables ?? []).map(({ id }) => id);
  const isLost = table !== '' && schema !== undefined && !names.includes(table);
  return (
    <>
      {(only === undefined || dataSource !== only) && (
        <SourcePicker
          value={dataSource}
          onChange={setPicked}
          {...(props.inputId === undefined ? {} : { inputId: props.inputId })}
        />
      )}
      {dataSource !== undefined && (
        <Select
          aria-label="Table"
          placeholder={isPending ? 'Reading tables …' : 'Table'}
          searchable
          data={isLost ? [...names, table] : names}
          value={table === '' ? null : table}
          allowDeselect={false}
          rightSection={isPending ? <Loader size={12} /> : undefined}
          error={isLost ? 'The data source has no such table.' : false}
          nothingFoundMessage="No table has this name"
          onChange={(next) => {
            if (next === null) return;
            setPicked(undefined);
            props.onChange({ dataSource, table: next }, findTable(schema, next), schema);
          }}
        />
      )}
      {error !== null && error !== undefined && (
        <Text size="xs" c="red" role="alert">
          {error instanceof Error ? error.message : 'The tables could not be read.'}
        </Text>
      )}
    </>
  );
}
