import { useMemo } from 'react';
import type { Json } from '@fettle/base';
import type { DataSetting } from '@fettle/definition';
import type { ColumnDescription } from '@fettle/sdk';
import { useHost } from '@fettle/sdk/react';
import type { SelectOption } from './control-props.ts';
import { plainText } from './format-value.ts';

/** The options of an input and how its texts become values again. */
export interface OptionList {
  readonly options: readonly SelectOption[];
  readonly isLoading: boolean;
  readonly error: string | undefined;
  /** Controls work with texts; a row's own value may be a number. */
  readonly toValue: (text: unknown) => unknown;
}

const mostRows = 500;

/** Options from a fixed list, from rows, or from the column that the input fills. */
export function useOptions(
  settings: {
    readonly optionsFrom: 'list' | 'data' | 'column';
    readonly options: readonly { readonly value: string; readonly label?: string }[];
    readonly data?: DataSetting;
    readonly valueColumn: string;
    readonly labelColumn: string;
  },
  column: ColumnDescription | undefined,
): OptionList {
  const host = useHost();
  const fromData = settings.optionsFrom === 'data';
  const { data, valueColumn, labelColumn } = settings;
  const table = data?.kind === 'table' ? host.data.describe(data) : undefined;
  const value = valueColumn === '' ? (table?.primaryKey[0] ?? '') : valueColumn;
  const label = labelColumn === '' ? (table?.labelColumn ?? value) : labelColumn;
  const state = host.useRows(fromData ? data : undefined, {
    ...(table === undefined ? {} : { columns: [...new Set([value, label])], pageSize: mostRows }),
    ...(table === undefined || (data?.kind === 'table' && data.sort !== undefined)
      ? {}
      : { sort: [{ column: label, direction: 'ascending' as const }] }),
  });
  const rows = fromData ? state.rows : undefined;
  const pairs = useMemo((): readonly (SelectOption & { readonly raw: Json })[] => {
    if (settings.optionsFrom === 'column')
      return (column?.options ?? []).map((text) => ({ value: text, label: text, raw: text }));
    if (rows === undefined) {
      return settings.options.map((option) => ({
        value: option.value,
        label: option.label || option.value,
        raw: option.value,
      }));
    }
    return rows.map((row) => {
      const first = Object.keys(row)[0] ?? '';
      const raw = row[value === '' ? first : value] ?? null;
      const text = plainText(row[label === '' ? (value === '' ? first : value) : label]);
      return { value: plainText(raw), label: text === '' ? plainText(raw) : text, raw };
    });
  }, [settings.optionsFrom, settings.options, rows, column, value, label]);
  const options = pairs.filter(
    (pair, index) => pair.value !== '' && pairs.findIndex((other) => other.value === pair.value) === index,
  );
  return {
    options: options.map((pair) => ({ value: pair.value, label: pair.label })),
    isLoading: fromData && state.isLoading,
    error:
      fromData && state.error !== undefined ? `The options could not be loaded: ${state.error.message}` : undefined,
    toValue: (text) => pairs.find((pair) => pair.value === text)?.raw ?? text,
  };
}
