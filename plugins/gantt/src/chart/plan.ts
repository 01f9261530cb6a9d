import { valueText, type Row } from '@fettle/sdk';
import { dayOf } from './days.ts';

/** Which columns hold what. */
export interface PlanColumns {
  readonly key: string;
  readonly title: string;
  readonly start: string;
  readonly end: string | undefined;
  readonly progress: string | undefined;
  readonly waits: string | undefined;
}

/** A row as a bar. */
export interface Task {
  readonly key: string;
  readonly title: string;
  readonly row: Row;
  /** First and last day. */
  readonly start: number;
  readonly end: number;
  /** From 0 to 1; undefined when it is not known. */
  readonly progress: number | undefined;
  /** Keys of tasks of the plan that come before it. */
  readonly waits: readonly string[];
}

/** All bars, and the days that a chart of them covers. */
export interface Plan {
  readonly tasks: readonly Task[];
  /** Rows that have no start. */
  readonly without: number;
  readonly from: number;
  readonly to: number;
}

/** Makes the plan of rows, in their order. */
export function buildPlan(rows: readonly Row[], columns: PlanColumns, today: number): Plan {
  const keys = new Set(rows.map((row) => valueText(row[columns.key])));
  const numbers = columns.progress === undefined ? [] : rows.map((row) => numberOf(row[columns.progress ?? '']));
  const isPercent = numbers.some((one) => one !== undefined && one > 1);
  const tasks: Task[] = [];
  rows.forEach((row, index) => {
    const first = dayOf(row[columns.start]);
    const last = columns.end === undefined ? undefined : dayOf(row[columns.end]);
    if (first === undefined) return;
    const done = numbers[index];
    const key = valueText(row[columns.key]);
    tasks.push({
      key: key === '' ? `row ${index}` : key,
      title: valueText(row[columns.title]),
      row,
      start: first,
      // What ends before it begins is shown where it begins.
      end: Math.max(first, last ?? first),
      progress: done === undefined ? undefined : Math.min(1, Math.max(0, isPercent ? done / 100 : done)),
      waits:
        columns.waits === undefined
          ? []
          : keysIn(row[columns.waits]).filter((other) => other !== key && keys.has(other)),
    });
  });
  const starts = tasks.map(({ start }) => start);
  const ends = tasks.map(({ end }) => end);
  const from = Math.min(today, ...starts) - 7;
  // A wrong year in one row must not make a chart of a million days.
  const to = Math.min(Math.max(today, ...ends) + 14, from + 3660);
  return { tasks, without: rows.length - tasks.length, from, to };
}

function keysIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.map(valueText).filter((key) => key !== '');
  const text = valueText(value).trim();
  if (text.startsWith('[')) {
    try {
      return keysIn(JSON.parse(text));
    } catch {
      // Then it is a text like any other.
    }
  }
  return text
    .split(/[,;\s]+/)
    .map((key) => key.trim())
    .filter((key) => key !== '');
}

function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}
