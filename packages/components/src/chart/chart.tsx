import { Skeleton, Text, VisuallyHidden } from '@mantine/core';
import { useReducedMotion } from '@mantine/hooks';
import type { DataSetting } from '@fettle/sdk';
import { useHost } from '@fettle/sdk/react';
import { useMemo, useState, type ReactNode } from 'react';
import { formatNumber, type NumberStyle } from '../format-value.ts';
import { useEvent, useExposed, useMethod } from '../host-hooks.ts';
import { EmptyState, LoadError, Placeholder } from '../states/data-states.tsx';
import { textOf } from '../text-of.ts';
import { chartTableOf, type ChartQuestion, type ChartTable } from './chart-data.ts';
import { ChartDrawing, type DrawingClick } from './chart-drawing.tsx';
import { chartOptions, type ChartColors, type ChartKind, type ChartLook } from './chart-options.ts';
import { formatCategory } from './format-category.ts';
import { useChartColors } from './use-chart-colors.ts';
import { useChartData } from './use-chart-data.ts';

/** Settings of all kinds of charts together; a kind leaves out what it does not have. */
export interface ChartSettings extends Omit<ChartQuestion, 'category'> {
  readonly data?: DataSetting | undefined;
  readonly category?: string | undefined;
  readonly emptyText: string;
  readonly title?: string | undefined;
  readonly height: number;
  readonly legend: 'auto' | 'show' | 'hide';
  readonly labels: boolean;
  readonly format: NumberStyle;
  readonly currency?: string | undefined;
  readonly decimals?: number | undefined;
  readonly categoryTitle?: string | undefined;
  readonly valueTitle?: string | undefined;
  readonly horizontal?: boolean;
  readonly stacked?: boolean;
  readonly smooth?: boolean;
  readonly points?: boolean;
  readonly donut?: boolean;
}

const kindNames: Readonly<Record<ChartKind, string>> = {
  bar: 'Bar chart',
  line: 'Line chart',
  area: 'Area chart',
  pie: 'Pie chart',
};

/** A chart of any kind: its data, its states, its drawing, and the same values as a table for screen readers. */
export function Chart({ kind, settings }: { kind: ChartKind; settings: ChartSettings }) {
  const host = useHost();
  const { category } = settings;
  const question = category === undefined || category === '' ? undefined : { ...settings, category };
  const data = useChartData(settings.data, question);
  useExposed({ rows: data.groups, isLoading: data.isLoading });
  useMethod('refresh', () => data.refresh());

  const title = textOf(settings.title);
  if (settings.data === undefined || question === undefined) {
    if (host.mode === 'run') return null;
    const hint = settings.data === undefined ? 'Choose the data to show' : 'Choose the column to group by';
    return <Placeholder icon={`chart-${kind}`} hint={hint} />;
  }
  const body = (): ReactNode => {
    if (data.error !== undefined) return <LoadError error={data.error} onRetry={data.refresh} />;
    if (data.isLoading) return <LoadingChart height={settings.height} />;
    if (data.groups.length === 0) return <EmptyState text={textOf(settings.emptyText)} icon={`chart-${kind}`} />;
    return <DrawnChart kind={kind} settings={settings} question={question} groups={data.groups} />;
  };
  return (
    <figure style={{ margin: 0, minWidth: 0 }} aria-label={title || kindNames[kind]}>
      {title !== '' && (
        <Text component="figcaption" size="sm" fw={600} mb={8}>
          {title}
        </Text>
      )}
      {body()}
    </figure>
  );
}

function LoadingChart({ height }: { height: number }) {
  return (
    <div role="status" aria-busy="true" aria-label="Loading">
      <Skeleton height={height} radius="sm" />
    </div>
  );
}

function DrawnChart(props: {
  readonly kind: ChartKind;
  readonly settings: ChartSettings;
  readonly question: ChartQuestion;
  readonly groups: Parameters<typeof chartTableOf>[0];
}) {
  const { kind, settings, question, groups } = props;
  const host = useHost();
  const click = useEvent('click');
  const asked = JSON.stringify(settings);
  // `asked` stands for the question, which is a new object in every render.
  const table = useMemo(() => chartTableOf(groups, question), [groups, asked]);
  const [place, setPlace] = useState<HTMLDivElement | null>(null);
  const look = useChartLook(kind, settings, table, useChartColors(place));
  const options = useMemo(() => chartOptions(table, look), [table, look]);

  const onClick = ({ dataIndex, seriesIndex }: DrawingClick): void => {
    const category = table.categories[dataIndex] ?? null;
    const series = table.series[seriesIndex];
    const row = groups.find((group) => JSON.stringify(group[question.category] ?? null) === JSON.stringify(category));
    void click.run({ category, series: series?.name ?? '', value: series?.values[dataIndex] ?? null, row: row ?? {} });
  };
  const isClickable = click.isActive && host.mode === 'run';
  return (
    <>
      <div ref={setPlace}>
        <ChartDrawing options={options} height={settings.height} onClick={isClickable ? onClick : undefined} />
      </div>
      <VisuallyHidden>
        <ChartAsTable table={table} look={look} caption={textOf(settings.title) || kindNames[kind]} />
      </VisuallyHidden>
    </>
  );
}

function useChartLook(kind: ChartKind, settings: ChartSettings, table: ChartTable, colors: ChartColors): ChartLook {
  const host = useHost();
  const isStill = useReducedMotion();
  const asked = JSON.stringify(settings);
  return useMemo(() => {
    const number = {
      locale: host.locale,
      style: settings.format,
      currency: settings.currency,
      decimals: settings.decimals,
    };
    const largest = Math.max(0, ...table.series.flatMap(({ values }) => values.map((value) => Math.abs(value ?? 0))));
    const axisStyle = settings.format === 'plain' && largest >= 10_000 ? 'compact' : settings.format;
    return {
      kind,
      legend: settings.legend,
      labels: settings.labels,
      isHorizontal: settings.horizontal === true,
      isStacked: settings.stacked === true,
      isSmooth: settings.smooth === true,
      hasPoints: settings.points === true,
      hasHole: settings.donut === true,
      categoryTitle: textOf(settings.categoryTitle),
      valueTitle: textOf(settings.valueTitle),
      isAnimated: !isStill && host.mode === 'run',
      colors,
      formatNumber: (value) => formatNumber(value, number),
      formatAxis: (value) => formatNumber(value, { ...number, style: axisStyle }),
      formatCategory: (index) => formatCategory(table.categories[index] ?? null, settings.bucket, host),
    };
  }, [kind, asked, table, colors, isStill, host.locale, host.timeZone, host.mode]);
}

/** The most that is read out; nobody listens to a thousand rows. */
const spokenRows = 50;

function ChartAsTable({ table, look, caption }: { table: ChartTable; look: ChartLook; caption: string }) {
  return (
    <table>
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{look.categoryTitle || 'Group'}</th>
          {table.series.map((series) => (
            <th key={series.name} scope="col">
              {series.name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.categories.slice(0, spokenRows).map((_, index) => (
          <tr key={index}>
            <th scope="row">{look.formatCategory(index)}</th>
            {table.series.map((series) => {
              const value = series.values[index] ?? null;
              return <td key={series.name}>{value === null ? '–' : look.formatNumber(value)}</td>;
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
