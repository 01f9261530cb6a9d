import type { Json, Row, TableDescription } from '@fettle/sdk';
import type { Filter } from '../inputs/filter-types.ts';
import { rowIdentity } from '../row-identity.ts';
import type { Tone } from '../setting-kinds.ts';
import type { KanbanSettings } from './manifest.ts';

/** One column of the board. */
export interface BoardLane {
  /** Unique on the board. */
  readonly id: string;
  /** What the field holds in its rows; null: nothing. */
  readonly value: Json;
  readonly label: string;
  readonly tone: Tone;
  readonly limit: number | undefined;
}

/** A row on the board with what tells it apart from others. */
export interface Card {
  readonly id: string;
  readonly row: Row;
}

const withoutValue = 'No value';

/** The columns that the settings list; else those of the field's options; else the values that the rows hold. */
export function boardLanes(
  { lanes, groupBy = '' }: Pick<KanbanSettings, 'lanes' | 'groupBy'>,
  table: TableDescription | undefined,
  rows: readonly Row[],
): readonly BoardLane[] {
  if (lanes.length > 0) return lanes.map((lane) => laneOf(lane.value === '' ? null : lane.value, lane));
  const column = table?.columns.find(({ name }) => name === groupBy);
  if (column?.options !== undefined) return column.options.map((value) => laneOf(value));
  if (column?.type === 'boolean') return [laneOf(false), laneOf(true)];
  return [...new Set(rows.map((row) => row[groupBy] ?? null))].map((value) => laneOf(value));
}

function laneOf(value: Json, given: Partial<KanbanSettings['lanes'][number]> = {}): BoardLane {
  const label = given.label === undefined || given.label === '' ? nameOf(value) : given.label;
  return { id: JSON.stringify(value), value, label, tone: given.tone ?? 'neutral', limit: given.limit };
}

function nameOf(value: Json): string {
  if (value === null || value === '') return withoutValue;
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  return String(value);
}

/** The rows of a lane, on top of what the data's own filter lets through. */
export function laneFilter(groupBy: string, { value }: BoardLane): Filter {
  return value === null ? { column: groupBy, operator: 'empty' } : { column: groupBy, operator: 'equal', value };
}

/** Rows as cards. */
export function cardsOf(table: TableDescription | undefined, rows: readonly Row[]): readonly Card[] {
  return rows.map((row, index) => ({ id: rowIdentity(table, row, index), row }));
}
