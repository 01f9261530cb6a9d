import { useMemo } from 'react';
import { parseTemplate } from '@fettle/expression';
import { useStore } from 'zustand';
import { useBindingScope } from '../../binding/binding-scope.ts';
import { canvasRuntime } from '../../canvas/runtime-handle-store.ts';
import { useApp } from '../../design-context.ts';
import { useFormValues, type FieldProps } from '../../../fields/field-editor.ts';
import { useRootValues } from '../form-place.ts';
import {
  relationOptions,
  resultColumnOptions,
  rowColumnOptions,
  tableColumnOptions,
  type ColumnOption,
  type RelationOption,
} from './column-options.ts';
import { readDataSetting } from './data-setting.ts';
import { findTable, useSchema } from './use-schema.ts';

/** Columns to choose from, and whether they are still being read. */
export interface Columns {
  readonly options: readonly ColumnOption[];
  /** Of a table: the relations its rows can be filtered by. */
  readonly relations: readonly RelationOption[];
  readonly isPending: boolean;
}

/** The value of the setting that a hint's `of` names: of this form, else of the outermost one. */
export function useSettingOf({ item }: Pick<FieldProps, 'item'>): unknown {
  const values = useFormValues();
  const root = useRootValues();
  const { of } = item.hint;
  return of === undefined ? undefined : (values[of] ?? root[of]);
}

/** The columns of the rows that a data setting (or a table reference) gives. */
export function useColumnsOf(value: unknown): Columns {
  const data = useMemo(() => readDataSetting(value), [value]);
  const table = data?.kind === 'table' ? data : undefined;
  const { schema, isPending } = useSchema(table?.dataSource);
  const result = useApp((app) => (data?.kind === 'query' ? app.queries[data.query]?.result : undefined));
  const queryName = useApp((app) => (data?.kind === 'query' ? app.queries[data.query]?.name : undefined));
  const source = liveSource(data, queryName, result === undefined);
  const live = useRowsNow(source);
  const options = useMemo(() => {
    if (table !== undefined) return tableColumnOptions(findTable(schema, table.table), schema);
    const known = resultColumnOptions(result);
    return known.length > 0 ? known : rowColumnOptions(live);
  }, [live, result, schema, table]);
  const relations = useMemo(
    () => (table === undefined ? [] : relationOptions(findTable(schema, table.table), schema)),
    [schema, table],
  );
  return { options, relations, isPending: table !== undefined && isPending };
}

function liveSource(
  data: ReturnType<typeof readDataSetting>,
  queryName: string | undefined,
  isUnknown: boolean,
): string | undefined {
  if (data?.kind === 'rows') return data.rows;
  if (data?.kind !== 'query' || queryName === undefined) return undefined;
  if (data.path !== undefined && data.path !== '') return `{{ queries.${queryName}.data.${data.path} }}`;
  return isUnknown ? `{{ queries.${queryName}.data }}` : undefined;
}

/** What rows a text with bindings gives on the canvas right now. */
function useRowsNow(source: string | undefined): unknown {
  const handle = useStore(canvasRuntime, (state) => state.handle);
  const { component } = useBindingScope();
  return useMemo(() => {
    if (source === undefined || handle === undefined) return undefined;
    const template = parseTemplate(source);
    return template.ok ? handle.evaluate(component, template.value).value : undefined;
  }, [component, handle, source]);
}
