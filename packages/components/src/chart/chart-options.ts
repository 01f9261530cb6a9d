import type { EChartsCoreOption } from 'echarts/core';
import type { ChartTable } from './chart-data.ts';

/** The kinds of drawings. */
export type ChartKind = 'bar' | 'line' | 'area' | 'pie';

/** Colours of the page, worked out for light or dark. */
export interface ChartColors {
  readonly palette: readonly string[];
  readonly text: string;
  readonly dimmed: string;
  readonly line: string;
  readonly surface: string;
  /** CSS names of the fonts of texts. */
  readonly font: string;
}

/** What the options depend on besides the data. */
export interface ChartLook {
  readonly kind: ChartKind;
  readonly legend: 'auto' | 'show' | 'hide';
  readonly labels: boolean;
  readonly isHorizontal: boolean;
  readonly isStacked: boolean;
  readonly isSmooth: boolean;
  readonly hasPoints: boolean;
  readonly hasHole: boolean;
  readonly categoryTitle: string;
  readonly valueTitle: string;
  readonly isAnimated: boolean;
  readonly colors: ChartColors;
  readonly formatNumber: (value: number) => string;
  readonly formatAxis: (value: number) => string;
  readonly formatCategory: (index: number) => string;
}

/** ECharts options for a chart. Pure: the same input draws the same picture. */
export function chartOptions(table: ChartTable, look: ChartLook): EChartsCoreOption {
  const isPie = look.kind === 'pie';
  return {
    color: [...look.colors.palette],
    animation: look.isAnimated,
    animationDuration: 180,
    textStyle: { fontFamily: look.colors.font, color: look.colors.text, fontSize: 12 },
    tooltip: {
      trigger: isPie ? 'item' : 'axis',
      confine: true,
      backgroundColor: look.colors.surface,
      borderColor: look.colors.line,
      textStyle: { color: look.colors.text, fontSize: 12 },
      axisPointer: { type: look.kind === 'bar' ? 'shadow' : 'line' },
      valueFormatter: (value: unknown) => (typeof value === 'number' ? look.formatNumber(value) : '–'),
    },
    ...legendOptions(table, look),
    ...(isPie ? { series: [pieSeries(table, look)] } : axisOptions(table, look)),
  };
}

function legendOptions(table: ChartTable, look: ChartLook): EChartsCoreOption {
  const isNeeded = look.kind === 'pie' ? table.categories.length > 0 : table.series.length > 1;
  const isShown = look.legend === 'show' || (look.legend === 'auto' && isNeeded);
  if (!isShown) return {};
  return {
    legend: {
      type: 'scroll',
      bottom: 0,
      icon: 'circle',
      itemWidth: 8,
      itemHeight: 8,
      itemGap: 16,
      textStyle: { color: look.colors.dimmed },
      pageIconColor: look.colors.dimmed,
      pageTextStyle: { color: look.colors.dimmed },
    },
  };
}

function axisOptions(table: ChartTable, look: ChartLook): EChartsCoreOption {
  const hasLegend = 'legend' in legendOptions(table, look);
  const names = table.categories.map((_, index) => look.formatCategory(index));
  const categoryAxis = {
    type: 'category',
    data: names,
    inverse: look.isHorizontal,
    boundaryGap: look.kind === 'bar',
    name: look.categoryTitle,
    nameLocation: 'middle',
    nameTextStyle: { color: look.colors.dimmed },
    nameGap: 28,
    axisLine: { lineStyle: { color: look.colors.line } },
    axisTick: { show: false },
    axisLabel: { color: look.colors.dimmed, hideOverlap: true, width: 120, overflow: 'truncate' },
  };
  const valueAxis = {
    type: 'value',
    name: look.valueTitle,
    nameLocation: 'middle',
    nameTextStyle: { color: look.colors.dimmed },
    nameGap: 44,
    axisLabel: { color: look.colors.dimmed, formatter: look.formatAxis },
    splitLine: { lineStyle: { color: look.colors.line } },
  };
  return {
    grid: { left: 8, right: 16, top: 16, bottom: hasLegend ? 36 : 8, containLabel: true },
    xAxis: look.isHorizontal ? valueAxis : categoryAxis,
    yAxis: look.isHorizontal ? categoryAxis : valueAxis,
    series: table.series.map((series, index) => axisSeries(series, look, index === table.series.length - 1)),
  };
}

function axisSeries(series: ChartTable['series'][number], look: ChartLook, isLast: boolean): EChartsCoreOption {
  const shared = {
    name: series.name,
    // Where one of several layers has nothing, those above it rest on the one below.
    data: look.isStacked ? series.values.map((value) => value ?? 0) : series.values,
    ...(look.isStacked ? { stack: 'all' } : {}),
    label: {
      show: look.labels,
      color: look.colors.text,
      position: look.kind === 'bar' ? (look.isStacked ? 'inside' : look.isHorizontal ? 'right' : 'top') : 'top',
      formatter: ({ value }: { value: unknown }) => (typeof value === 'number' ? look.formatNumber(value) : ''),
    },
    labelLayout: { hideOverlap: true },
  };
  if (look.kind === 'bar') {
    const isRounded = !look.isStacked || isLast;
    const radius = look.isHorizontal ? [0, 3, 3, 0] : [3, 3, 0, 0];
    return { ...shared, type: 'bar', barMaxWidth: 48, itemStyle: { borderRadius: isRounded ? radius : 0 } };
  }
  return {
    ...shared,
    type: 'line',
    smooth: look.isSmooth ? 0.35 : false,
    showSymbol: look.hasPoints && series.values.length <= 100,
    symbol: 'circle',
    symbolSize: 6,
    lineStyle: { width: 2 },
    ...(look.kind === 'area' ? { areaStyle: { opacity: look.isStacked ? 0.35 : 0.15 } } : {}),
  };
}

function pieSeries(table: ChartTable, look: ChartLook): EChartsCoreOption {
  const [series] = table.series;
  const hasLegend = 'legend' in legendOptions(table, look);
  return {
    type: 'pie',
    name: series?.name ?? '',
    radius: look.hasHole ? ['48%', '76%'] : ['0%', '76%'],
    center: ['50%', hasLegend ? '45%' : '50%'],
    itemStyle: { borderColor: look.colors.surface, borderWidth: 2 },
    label: {
      show: look.labels,
      color: look.colors.text,
      formatter: ({ name, value }: { name: string; value: unknown }) =>
        `${name}: ${typeof value === 'number' ? look.formatNumber(value) : '–'}`,
    },
    data: table.categories.map((_, index) => ({
      name: look.formatCategory(index),
      value: series?.values[index] ?? null,
    })),
  };
}
