import { useState, type ReactNode } from 'react';
import { NumberInput, SegmentedControl, Stack, Text } from '@mantine/core';
import type { DataSetting, TableData } from '@fettle/definition';
import { rankByHint, type FieldEditor, type FieldProps } from '../../../fields/field-editor.ts';
import { BindingField } from '../../binding/binding-field.tsx';
import { FilterBuilder } from '../filter/filter-builder.tsx';
import { useFormPlace, useRootValues } from '../form-place.ts';
import { SortList } from '../sort-field.tsx';
import { readDataSetting } from './data-setting.ts';
import { dependentSettings } from './dependent-settings.ts';
import { QueryData } from './query-data.tsx';
import { TablePicker } from './source-picker.tsx';
import { StaleNotice } from './stale-notice.tsx';
import { useColumnsOf } from './use-columns.ts';

type Kind = DataSetting['kind'];

function DataField({ item, value, onChange, inputId }: FieldProps) {
  const { schema, reset, path } = useFormPlace();
  const root = useRootValues();
  const data = readDataSetting(value);
  const [kind, setKind] = useState<Kind>(data?.kind ?? 'table');
  const shown = data?.kind ?? kind;
  const [stale, setStale] = useState<readonly { readonly name: string; readonly title: string }[]>([]);
  const change = (next: DataSetting | undefined): void => {
    onChange(next);
    const isOther = data !== undefined && sourceOf(data) !== (next === undefined ? '' : sourceOf(next));
    if (isOther && path === '' && reset !== undefined) setStale(dependentSettings(schema, root, item.name));
  };
  return (
    <Stack gap={6}>
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label="Where the rows come from"
        data={[
          { value: 'table', label: 'Table' },
          { value: 'query', label: 'Query' },
          { value: 'rows', label: 'Values' },
        ]}
        value={shown}
        onChange={(next) => {
          setKind(next as Kind);
          if (data !== undefined) change(undefined);
        }}
      />
      {shown === 'table' && (
        <TableDataFields data={data?.kind === 'table' ? data : undefined} onChange={change} inputId={inputId} />
      )}
      {shown === 'query' && (
        <QueryData data={data?.kind === 'query' ? data : undefined} onChange={change} inputId={inputId} />
      )}
      {shown === 'rows' && (
        <>
          <BindingField
            value={data?.kind === 'rows' ? data.rows : ''}
            onChange={(rows) => onChange({ kind: 'rows', rows })}
            label="Rows"
            placeholder={'{{ [{ name: "First" }] }}'}
            inputId={inputId}
            isMultiline
          />
          <Text size="xs" c="dimmed">
            An expression that gives a list of rows.
          </Text>
        </>
      )}
      {stale.length > 0 && (
        <StaleNotice
          titles={stale.map(({ title }) => title)}
          onKeep={() => setStale([])}
          onReset={() => {
            reset?.(stale.map(({ name }) => name));
            setStale([]);
          }}
        />
      )}
    </Stack>
  );
}

/** What decides which columns there are. */
function sourceOf(data: DataSetting): string {
  if (data.kind === 'table') return `table ${data.dataSource}/${data.table}`;
  return data.kind === 'query' ? `query ${data.query} ${data.path ?? ''}` : 'rows';
}

function TableDataFields(props: {
  readonly data: TableData | undefined;
  readonly onChange: (data: DataSetting | undefined) => void;
  readonly inputId: string;
}) {
  const { data, onChange } = props;
  const { options, relations } = useColumnsOf(data);
  const set = <K extends 'filter' | 'sort' | 'limit'>(name: K, value: TableData[K] | undefined): void => {
    if (data === undefined) return;
    const { [name]: _old, ...rest } = data;
    onChange(value === undefined ? (rest as TableData) : ({ ...data, [name]: value } as TableData));
  };
  return (
    <>
      <TablePicker
        value={data ?? {}}
        inputId={props.inputId}
        onChange={({ dataSource, table }) => onChange({ kind: 'table', dataSource, table })}
      />
      {data !== undefined && data.table !== '' && (
        <>
          <Part title="Filter">
            <FilterBuilder
              value={data.filter}
              columns={options}
              relations={relations}
              onChange={(filter) => set('filter', filter)}
            />
          </Part>
          <Part title="Sort">
            <SortList
              value={data.sort ?? []}
              columns={options}
              onChange={(sort) => set('sort', sort.length === 0 ? undefined : [...sort])}
            />
          </Part>
          <Part title="Rows at most">
            <NumberInput
              aria-label="Rows at most"
              placeholder="As many as the component asks for"
              min={1}
              max={1000}
              value={data.limit ?? ''}
              onChange={(next) =>
                set('limit', typeof next === 'number' ? Math.max(1, Math.min(1000, Math.round(next))) : undefined)
              }
            />
          </Part>
        </>
      )}
    </>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div>
      <Text size="xs" c="dimmed" mb={2}>
        {title}
      </Text>
      {children}
    </div>
  );
}

/** Where rows come from: a table with filter and sort order, a query with parameters, or an expression. */
export const dataField: FieldEditor = { id: 'data', rank: rankByHint('data'), Field: DataField };
