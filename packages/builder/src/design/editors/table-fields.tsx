import { Stack } from '@mantine/core';
import { isJsonObject } from '@fettle/base';
import type { TableDescription } from '@fettle/sdk';
import { rankByHint, type FieldEditor, type FieldProps } from '../../fields/field-editor.ts';
import type { SettingSchema } from '../../fields/setting-list.ts';
import { InnerForm } from './design-form.tsx';
import { SourcePicker, TablePicker } from './data/source-picker.tsx';

/** The value of a table setting: the place, and what the setting's schema asks for besides (key and label columns). */
export function tableValue(
  place: { readonly dataSource: string; readonly table: string },
  table: TableDescription | undefined,
  schema: SettingSchema,
): Readonly<Record<string, unknown>> {
  const members = schema.properties ?? {};
  const [key] = table?.primaryKey ?? [];
  const label = table?.labelColumn ?? table?.columns.find(({ type }) => type === 'text')?.name ?? key;
  return {
    ...place,
    ...('keyColumn' in members ? { keyColumn: key ?? table?.columns[0]?.name ?? '' } : {}),
    ...('labelColumn' in members ? { labelColumn: label ?? '' } : {}),
  };
}

function TableField({ item, value, onChange, inputId }: FieldProps) {
  const current = isJsonObject(value) ? (value as Readonly<Record<string, unknown>>) : {};
  const { dataSource, table } = current;
  const { dataSource: _source, table: _table, ...others } = item.schema.properties ?? {};
  const hasOthers = Object.keys(others).length > 0 && typeof table === 'string';
  return (
    <Stack gap={6}>
      <TablePicker
        inputId={inputId}
        value={{
          ...(typeof dataSource === 'string' ? { dataSource } : {}),
          ...(typeof table === 'string' ? { table } : {}),
        }}
        onChange={(place, found) => onChange(tableValue(place, found, item.schema))}
      />
      {hasOthers && (
        <InnerForm
          schema={{ type: 'object', properties: others, required: item.schema.required ?? [] }}
          values={current}
          step={item.name}
          onChange={(name, next) => onChange({ ...current, [name]: next ?? '' })}
        />
      )}
    </Stack>
  );
}

function DataSourceField({ value, onChange, inputId, item }: FieldProps) {
  return (
    <SourcePicker
      value={typeof value === 'string' ? value : undefined}
      onChange={onChange}
      inputId={inputId}
      label={item.title}
    />
  );
}

/** A table of a data source, and a data source alone. */
export const tableFields: readonly FieldEditor[] = [
  { id: 'table', rank: rankByHint('table'), Field: TableField },
  { id: 'dataSource', rank: rankByHint('dataSource'), Field: DataSourceField },
];
