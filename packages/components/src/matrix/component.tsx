import { Skeleton } from '@mantine/core';
import type { Json } from '@fettle/base';
import { useHost, type ComponentProps } from '@fettle/sdk/react';
import { useState, type ReactNode } from 'react';
import type { Static } from 'typebox';
import { useChartData } from '../chart/use-chart-data.ts';
import { formatSpan } from './format-span.ts';
import { formatValue } from '../format-value.ts';
import { useEvent, useExposed, useMethod } from '../host-hooks.ts';
import { EmptyState, LoadError, Placeholder } from '../states/data-states.tsx';
import { textOf } from '../text-of.ts';
import type { matrixManifest } from './manifest.ts';
import { matrixCells } from './matrix-cells.ts';
import { MatrixTable, type ChosenCell } from './matrix-table.tsx';

/** Settings of `core/matrix`. */
export type MatrixSettings = Static<typeof matrixManifest.settings>;

/** Implementation of `core/matrix`. */
export function Matrix({ settings }: ComponentProps<MatrixSettings>) {
  const host = useHost();
  const select = useEvent('select');
  const clear = useEvent('clear');
  const [selected, setSelected] = useState<ChosenCell | null>(null);
  const { data, rowColumn = '', columnColumn = '' } = settings;
  const isReady = data !== undefined && rowColumn !== '' && columnColumn !== '';
  const groups = useChartData(isReady ? data : undefined, isReady ? questionOf(settings) : undefined);
  useExposed({ selected, rows: groups.groups, isLoading: groups.isLoading });
  useMethod('refresh', () => groups.refresh());
  useMethod('clear', () => setSelected(null));

  if (!isReady) {
    if (host.mode === 'run') return null;
    const hint = data === undefined ? 'Choose the data to show' : 'Choose the columns that cross';
    return <Placeholder icon="grid-dots" hint={hint} />;
  }
  const choose = (cell: ChosenCell): void => {
    const isSame = selected !== null && selected.row === cell.row && selected.column === cell.column;
    setSelected(isSame ? null : cell);
    void (isSame ? clear.run() : select.run({ ...cell }));
  };
  const body = (): ReactNode => {
    if (groups.error !== undefined) return <LoadError error={groups.error} onRetry={groups.refresh} />;
    if (groups.isLoading) return <Skeleton height={220} radius="sm" role="status" aria-busy aria-label="Loading" />;
    const cells = matrixCells(
      groups.groups,
      { ...settings, rowColumn, columnColumn },
      {
        measure: 'value0',
        write: (value: Json) => formatValue(value, host),
        writeSpan: (value: Json) => formatSpan(value, settings.columnBucket, host),
      },
    );
    if (cells.rows.length === 0 || cells.columns.length === 0)
      return <EmptyState text={textOf(settings.emptyText)} icon="grid-dots" />;
    return <MatrixTable settings={settings} cells={cells} selected={selected} onChoose={choose} />;
  };
  return body();
}

function questionOf(settings: MatrixSettings) {
  return {
    category: settings.columnColumn ?? '',
    splitBy: settings.rowColumn ?? '',
    bucket: settings.columnBucket,
    measures: [{ function: settings.function, column: settings.column }],
    sort: 'category',
    limit: 1000,
  } as const;
}
