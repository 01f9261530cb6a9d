import { describe, expect, it } from 'vitest';
import { people } from '../testing/people.ts';
import { aggregateRequestOf, chartTableOf, groupRows, type ChartQuestion } from './chart-data.ts';
import { chartOptions, type ChartLook } from './chart-options.ts';
import { formatCategory } from './format-category.ts';

const question: ChartQuestion = {
  category: 'team',
  bucket: 'none',
  measures: [{ function: 'count' }],
  sort: 'category',
  limit: 50,
};

describe('a chart’s question', () => {
  it('becomes one aggregate request', () => {
    const asked = { ...question, bucket: 'month', category: 'joined', splitBy: 'team' } as const;
    expect(aggregateRequestOf(asked, undefined)).toEqual({
      groupBy: [{ column: 'joined', bucket: 'month' }, { column: 'team' }],
      measures: [{ name: 'value0', function: 'count' }],
      sort: [{ column: 'joined', direction: 'ascending' }],
      limit: 1000,
    });
  });

  it('asks nothing while its only value lacks a column', () => {
    expect(aggregateRequestOf({ ...question, measures: [{ function: 'sum' }] }, undefined)).toBeUndefined();
  });

  it('groups plain rows as a database would, decimals as text included', () => {
    const asked = {
      ...question,
      measures: [
        { function: 'sum', column: 'pay' },
        { function: 'average', column: 'pay' },
      ],
    } as const;
    expect(groupRows(people, asked)).toEqual([
      { team: 'Red', value0: 180.5, value1: 90.25 },
      { team: 'Blue', value0: 270.25, value1: 270.25 / 3 },
    ]);
  });

  it('cuts dates to spans', () => {
    const asked = { ...question, category: 'joined', bucket: 'quarter' } as const;
    expect(groupRows(people, asked).map((row) => row.joined)).toEqual(['2024-01-01', '2024-04-01']);
  });
});

describe('chartTableOf', () => {
  it('puts a split into one series per value, with gaps where there is nothing', () => {
    const asked = { ...question, category: 'joined', bucket: 'month', splitBy: 'team' } as const;
    expect(chartTableOf(groupRows(people, asked), asked)).toEqual({
      categories: ['2024-01-01', '2024-03-01', '2024-05-01'],
      series: [
        { name: 'Red', values: [2, null, null] },
        { name: 'Blue', values: [null, 1, 2] },
      ],
    });
  });

  it('orders by value and cuts to the limit', () => {
    const asked = { ...question, sort: 'valueDescending', limit: 1 } as const;
    expect(chartTableOf(groupRows(people, asked), asked).categories).toEqual(['Blue']);
  });
});

describe('formatCategory', () => {
  it('reads the spans that databases answer with', () => {
    const british = { locale: 'en-GB', timeZone: 'America/New_York' };
    expect(formatCategory('2024-05-01T00:00:00Z', 'month', british)).toBe('May 2024');
    expect(formatCategory('2024-05-01 00:00:00', 'quarter', british)).toBe('Q2 2024');
    expect(formatCategory('2024', 'year', british)).toBe('2024');
    expect(formatCategory(null, 'none', british)).toBe('None');
  });
});

describe('chartOptions', () => {
  const colors = {
    palette: ['blue'],
    text: 'black',
    dimmed: 'gray',
    line: 'silver',
    surface: 'white',
    font: 'sans-serif',
  };
  const look: ChartLook = {
    kind: 'bar',
    legend: 'auto',
    labels: false,
    isHorizontal: false,
    isStacked: true,
    isSmooth: false,
    hasPoints: true,
    hasHole: true,
    categoryTitle: '',
    valueTitle: '',
    isAnimated: false,
    colors,
    formatNumber: String,
    formatAxis: String,
    formatCategory: (index) => ['Red', 'Blue'][index] ?? '',
  };
  const table = {
    categories: ['Red', 'Blue'],
    series: [
      { name: 'A', values: [1, 2] },
      { name: 'B', values: [3, null] },
    ],
  };

  it('stacks, lays bars down, and shows a legend when there are several series', () => {
    const options = chartOptions(table, { ...look, isHorizontal: true });
    expect(options.yAxis).toMatchObject({ type: 'category', data: ['Red', 'Blue'] });
    expect(options.series).toMatchObject([
      { type: 'bar', stack: 'all' },
      { type: 'bar', stack: 'all' },
    ]);
    expect(options).toHaveProperty('legend');
    expect(chartOptions(table, { ...look, legend: 'hide' })).not.toHaveProperty('legend');
  });

  it('rests what is stacked on what is below where one of the layers has nothing', () => {
    const gaps = {
      ...table,
      series: [
        { name: 'A', values: [1, null] },
        { name: 'B', values: [null, 2] },
      ],
    };
    const layers = chartOptions(gaps, { ...look, kind: 'area', isStacked: true }).series;
    expect(layers).toMatchObject([{ data: [1, 0] }, { data: [0, 2] }]);
    // A line that stands alone has a gap there.
    expect(chartOptions(gaps, { ...look, kind: 'line', isStacked: false }).series).toMatchObject([
      { data: [1, null] },
      { data: [null, 2] },
    ]);
  });

  it('names the slices of a pie', () => {
    const options = chartOptions(table, { ...look, kind: 'pie' });
    expect(options.series).toMatchObject([
      {
        type: 'pie',
        data: [
          { name: 'Red', value: 1 },
          { name: 'Blue', value: 2 },
        ],
      },
    ]);
  });
});
