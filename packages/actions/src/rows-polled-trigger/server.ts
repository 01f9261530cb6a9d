import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Filter } from '@fettle/access';
import { canonicalJson, inputError, type Json } from '@fettle/base';
import { encodeRowKey, type ColumnType, type Row } from '@fettle/sdk';
import type { FlowPeekContext, FlowSourceContext, FlowSourceImplementation, SourceRow } from '@fettle/sdk/server';
import { filterOf, placeOf, type TablePlace } from '../rows/row-request.ts';
import { requiredText } from '../required.ts';
import { compareGrowing, lookedBack } from './growing-value.ts';
import { growingTypes } from './manifest.ts';

/** Where a poll stands, as it is stored. */
interface Cursor {
  /** The highest value when it began: rows below it are never looked at. Null: the table was empty, or all are wanted. */
  readonly from: Json;
  /** The highest value that was delivered. */
  readonly value: Json;
  /** Rows that had the value `from` when it began: others with the same value may come after them. */
  readonly old: readonly string[];
}

interface Poll<Context extends FlowPeekContext = FlowSourceContext> {
  readonly context: Context;
  readonly place: TablePlace;
  readonly column: string;
  readonly type: ColumnType;
  readonly primaryKey: readonly string[];
  readonly filter: Filter | undefined;
  readonly batch: number;
  readonly lookBack: number;
}

/** Rows with the same value that are remembered when a poll begins. */
const mostOld = 1_000;
/** Rows within reach that are remembered; beyond that the keys of runs tell the doubles. */
const mostRecent = 100_000;

/** Looks for rows with a higher value than before, page by page, and once more a little below for late ones. */
export const trigger: FlowSourceImplementation = {
  async run(context) {
    const every = Number(context.settings['every']) * 1000;
    const poll = await preparePoll(context);
    /** Rows that were delivered and lie within reach of the next look, with their values. */
    const recent = new Map<string, Json>();
    while (!context.signal.aborted) {
      const cursor = context.cursor() as Cursor | undefined;
      if (cursor === undefined) await begin(poll);
      else await lookFrom(poll, cursor, recent);
      context.connected();
      await pause(every, undefined, { signal: context.signal }).catch(() => undefined);
    }
  },
  /** The row with the highest value that is one of those that are looked for. */
  async peek(context) {
    const poll = await preparePoll(context);
    const { place, column, filter } = poll;
    const { rows } = await context.tables.list(place.dataSource, {
      table: place.table,
      filter: { and: [reaching(column, null), ...(filter === undefined ? [] : [filter])] },
      sort: [{ column, direction: 'descending' }],
      limit: 1,
    });
    const [found] = rows;
    return found === undefined ? undefined : triggerOf(poll, found);
  },
};

async function preparePoll<Context extends FlowPeekContext>(context: Context): Promise<Poll<Context>> {
  const { settings } = context;
  const place = placeOf(settings);
  const column = requiredText(settings['column'], 'Choose the column that grows.');
  const table = await context.tables.describe(place.dataSource, place.table);
  const described = table.columns.find(({ name }) => name === column);
  if (described === undefined || !(growingTypes as readonly string[]).includes(described.type))
    throw inputError({
      code: 'rows-polled.column',
      message:
        described === undefined
          ? `The table has no column "${column}".`
          : `"${column}" is neither a number nor a time: it cannot tell which rows are new.`,
      hint: 'Choose an id that counts up or the time of the last change. If the column was just added, read the structure of the data source again.',
    });
  return {
    context,
    place,
    column,
    type: described.type,
    primaryKey: table.primaryKey,
    filter: filterOf(settings['filter']),
    batch: Number(settings['batch']),
    lookBack: Number(settings['lookBack']),
  };
}

/** Notes where it begins: at the highest value now, or before all rows. */
async function begin(poll: Poll): Promise<void> {
  const { context, column } = poll;
  const rows = context.settings['begin'] === 'all' ? [] : await highest(poll);
  const from = rows[0]?.[column] ?? null;
  const old = rows.filter((row) => row[column] === from).map((row) => markOf(poll, row));
  await context.deliver({
    events: [],
    cursor: { from, value: from, old } satisfies Cursor as unknown as Json,
    position: from === null ? 'from the first row' : positionOf(poll, from),
  });
  if (from === null && context.settings['begin'] === 'all') await lookFrom(poll, { from, value: from, old }, new Map());
}

async function highest({ context, place, column }: Poll): Promise<readonly Row[]> {
  const { rows } = await context.tables.list(place.dataSource, {
    table: place.table,
    filter: { column, operator: 'notEqual', value: null },
    sort: [{ column, direction: 'descending' }],
    limit: mostOld,
  });
  return rows.map(({ row }) => row);
}

async function lookFrom(poll: Poll, cursor: Cursor, recent: Map<string, Json>): Promise<void> {
  const { context, place, column, type } = poll;
  const lower = lowest(poll, cursor);
  const old = new Set(cursor.old);
  for (const [mark, value] of recent) if (lower !== null && compareGrowing(type, value, lower) < 0) recent.delete(mark);
  if (recent.size > mostRecent) recent.clear();
  let { value } = cursor;
  let page: string | undefined;
  do {
    context.signal.throwIfAborted();
    const { rows, next } = await context.tables.list(place.dataSource, {
      table: place.table,
      filter: { and: [reaching(column, lower), ...(poll.filter === undefined ? [] : [poll.filter])] },
      sort: [{ column, direction: 'ascending' }],
      limit: poll.batch,
      ...(page === undefined ? {} : { cursor: page }),
    });
    const fresh = rows.flatMap((found) => {
      const mark = markOf(poll, found.row);
      return recent.has(mark) || old.has(mark) ? [] : [{ ...found, mark }];
    });
    const last = rows.at(-1)?.row[column] ?? null;
    const isHigher = last !== null && (value === null || compareGrowing(type, last, value) > 0);
    if (isHigher) value = last;
    if (fresh.length > 0 || isHigher)
      await context.deliver({
        events: fresh.map((found) => eventOf(poll, found)),
        cursor: { ...cursor, value } satisfies Cursor as unknown as Json,
        ...(value === null ? {} : { position: positionOf(poll, value) }),
      });
    for (const { mark, row } of fresh) recent.set(mark, row[column] ?? null);
    page = next;
  } while (page !== undefined);
}

/** The value from which rows are looked at: a little below the highest known one, never below the beginning. */
function lowest({ type, lookBack }: Poll, { from, value }: Cursor): Json {
  if (value === null) return null;
  const back = lookedBack(type, value, lookBack);
  return from !== null && compareGrowing(type, back, from) < 0 ? from : back;
}

function reaching(column: string, lower: Json): Filter {
  return lower === null
    ? { column, operator: 'notEqual', value: null }
    : { column, operator: 'greaterOrEqual', value: lower };
}

function eventOf(poll: Poll, { mark, ...row }: SourceRow & { readonly mark: string }) {
  const { place, column } = poll;
  return { key: `rows ${place.dataSource} ${place.table} ${column} ${mark}`, trigger: triggerOf(poll, row) };
}

function triggerOf({ context, place, column, primaryKey }: Poll<FlowPeekContext>, { row, visible }: SourceRow): Json {
  return {
    table: place.table,
    key: Object.fromEntries(primaryKey.map((name) => [name, row[name] ?? null])),
    row: visible,
    value: row[column] ?? null,
    at: new Date(context.now()).toISOString(),
  } as Json;
}

/** Tells rows apart, and each change of one: by the key and the value that grew; without a key, by all of the row. */
function markOf({ column, primaryKey }: Poll, row: Row): string {
  const which =
    primaryKey.length === 0
      ? createHash('sha256').update(canonicalJson(row)).digest('hex')
      : encodeRowKey(primaryKey, row);
  return `${String(row[column])} ${which}`;
}

function positionOf({ column }: Poll, value: Json): string {
  return `${column} ${String(value)}`;
}
