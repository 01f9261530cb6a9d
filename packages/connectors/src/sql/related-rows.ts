import type { Json } from '@fettle/base';
import type { Row, SchemaDescription } from '@fettle/sdk';
import type { CallOptions } from '@fettle/sdk/server';
import { fillSlots, type CompiledStatement, type Compiler } from './compiler.ts';
import { Fragment, joinFragments, sql, anyOf, Slot } from './fragment.ts';
import type { SqlResult, Statement } from './driver.ts';
import { ValueCounter } from './filter-sql.ts';
import { orderText, resolveOrder } from './order.ts';
import type { PlanCache } from './plan-cache.ts';
import {
  planRows,
  readersWithMany,
  readOutput,
  readRow,
  SelectList,
  type ManyRelation,
  type RowInMaking,
  type RowReader,
} from './row-reader.ts';
import { tableOf } from './schema-index.ts';
import { Aliases, Scope } from './scope.ts';

/** Runs a statement with the limits of a call. */
export type Run = (statement: Statement, parameters: readonly unknown[]) => Promise<SqlResult>;

/** What fetching related rows needs. */
export interface RelatedContext {
  readonly compiler: Compiler;
  readonly schema: SchemaDescription;
  readonly plans: PlanCache<RelatedPlan>;
  readonly run: Run;
  readonly options: CallOptions;
}

/** A compiled fetch of the related rows of many rows. */
export interface RelatedPlan {
  readonly statement: CompiledStatement;
  readonly reader: RowReader;
  /** Where the values stand that say whose related row it is. */
  readonly owners: ReturnType<SelectList['place']>[];
}

/** Rows whose relations are fetched with one statement. */
const chunkSize = 500;

/** Adds the to-many relations to rows: one statement per relation and 500 rows, whatever their number of related rows. */
export async function addRelatedRows(
  context: RelatedContext,
  reader: RowReader,
  rows: readonly RowInMaking[],
  results: readonly (readonly unknown[])[],
): Promise<void> {
  if (rows.length === 0) return;
  for (const { reader: inner, find } of readersWithMany(reader)) {
    const owners = rows.map((row) => find(row as Row) as RowInMaking | null);
    for (const many of inner.manys) {
      // One at a time: each takes a connection, which others may wait for.
      await addRelation(context, inner, many, owners, results);
    }
  }
}

async function addRelation(
  context: RelatedContext,
  reader: RowReader,
  many: ManyRelation,
  rows: readonly (RowInMaking | null)[],
  results: readonly (readonly unknown[])[],
): Promise<void> {
  const { relation } = many;
  const byOwner = new Map<
    string,
    { readonly key: readonly Json[]; readonly rows: RowInMaking[]; readonly related: Row[] }
  >();
  for (const [index, row] of rows.entries()) {
    if (row === null) continue;
    const values = results[index] as readonly unknown[];
    const key = many.outputs.map((output) => readOutput(output, values));
    const text = ownerText(key);
    const owner = byOwner.get(text) ?? { key, rows: [], related: [] };
    byOwner.set(text, owner);
    owner.rows.push(row);
  }
  const owners = [...byOwner.values()].filter((owner) => owner.key.every((value) => value !== null));
  for (let start = 0; start < owners.length; start += chunkSize) {
    const keys = owners.slice(start, start + chunkSize).map((owner) => owner.key);
    await fetchRelated(context, reader.table, many, keys, (key, row) => byOwner.get(key)?.related.push(row));
  }
  for (const owner of byOwner.values()) for (const row of owner.rows) row[relation.name] = owner.related;
}

async function fetchRelated(
  context: RelatedContext,
  table: string,
  many: ManyRelation,
  keys: readonly (readonly Json[])[],
  give: (owner: string, row: Row) => void,
): Promise<void> {
  const { compiler, schema, plans } = context;
  const isList = compiler.dialect.capabilities.arrayParameters && many.relation.columns.length === 1;
  const padded = isList ? keys : padKeys(keys);
  const shape = `${table}\n${JSON.stringify([many.relation.name, many.request])}\n${isList ? 'list' : padded.length}`;
  const plan = plans.get(shape) ?? compileRelated(compiler, schema, many, padded.length, isList);
  plans.set(shape, plan);
  const values: readonly Json[] = isList ? [padded.map(([value]) => value as Json)] : padded.flat();
  const { rows: results } = await context.run(plan.statement, fillSlots(plan.statement, values));
  const rows = results.map((result) => readRow(plan.reader, result));
  await addRelatedRows(context, plan.reader, rows, results);
  for (const [index, row] of rows.entries()) {
    const result = results[index] as readonly unknown[];
    give(ownerText(plan.owners.map((output) => readOutput(output, result))), row);
  }
}

/** Filled up with the last key to a power of two, so that few lengths need a statement of their own. */
function padKeys(keys: readonly (readonly Json[])[]): readonly (readonly Json[])[] {
  const padded = [...keys];
  const last = padded.at(-1);
  if (last !== undefined) while ((padded.length & (padded.length - 1)) !== 0) padded.push(last);
  return padded;
}

function ownerText(key: readonly Json[]): string {
  return key.length === 1 ? String(key[0]) : JSON.stringify(key.map(String));
}

/** `select … from (select …, row_number() over (partition by owner order by key) as place …) where place <= limit`. */
function compileRelated(
  compiler: Compiler,
  schema: SchemaDescription,
  many: ManyRelation,
  keyCount: number,
  isList: boolean,
): RelatedPlan {
  const { relation, request } = many;
  const aliases = new Aliases();
  const list = new SelectList();
  const target = new Scope({ compiler, schema, table: tableOf(schema, relation.table), aliases });
  const { through } = relation;
  const owner = through === undefined ? target : target.inner(through.table);
  const ownerColumns = through === undefined ? relation.foreignColumns : through.columns;
  const reader = planRows(target, list, request);
  const owners = ownerColumns.map((column) => list.place(owner, column));
  const references = ownerColumns.map((column) => owner.reference(column));
  const order = orderText(target, resolveOrder(target, []));
  const items = list.items.map((item, index) => sql`${item} as ${new Fragment(`c${index}`)}`);
  const partition = joinFragments(references, ', ');
  const from =
    through === undefined
      ? target.from
      : sql`${owner.from} inner join ${target.from} on ${joinFragments(
          relation.foreignColumns.map(
            (column, index) =>
              sql`${owner.reference(through.foreignColumns[index] ?? '')} = ${target.reference(column)}`,
          ),
          ' and ',
        )}`;
  const matching = matchOwners({ compiler, owner, ownerColumns, references, keyCount, isList });
  const limit = Math.min(500, Math.max(1, Math.trunc(request.limit ?? 100)));
  const ranked = sql`select ${joinFragments(items, ', ')}, row_number() over (partition by ${partition} order by ${order}) as place from ${from} ${target.joinText} where ${matching}`;
  const outer = joinFragments(
    list.items.map((_, index) => new Fragment(`c${index}`)),
    ', ',
  );
  const statement = compiler.finish(
    sql`select ${outer} from (${ranked}) as ranked where place <= ${limit} order by place`,
  );
  return { statement, reader, owners };
}

function matchOwners(options: {
  readonly compiler: Compiler;
  readonly owner: Scope;
  readonly ownerColumns: readonly string[];
  readonly references: readonly Fragment[];
  readonly keyCount: number;
  readonly isList: boolean;
}): Fragment {
  const { compiler, owner, ownerColumns, references, keyCount, isList } = options;
  const counter = new ValueCounter();
  const columns = ownerColumns.map(
    (name) => owner.table.columns.get(name) as NonNullable<ReturnType<typeof owner.table.columns.get>>,
  );
  const [column] = columns;
  const [reference] = references;
  if (isList && column !== undefined && reference !== undefined) {
    const one = compiler.trustedParameter(column, counter.take()).bindings[0] as Slot;
    const all = new Slot(one.index, (value) => (value as readonly Json[]).map((item) => one.convert(item)));
    return compiler.dialect.isAnyOf(reference, all, column);
  }
  if (columns.length === 1 && column !== undefined && reference !== undefined) {
    const items = Array.from({ length: keyCount }, () => compiler.trustedParameter(column, counter.take()));
    return sql`${reference} in (${joinFragments(items, ', ')})`;
  }
  const cases = Array.from({ length: keyCount }, () =>
    joinFragments(
      columns.map(
        (item, index) => sql`${references[index] as Fragment} = ${compiler.trustedParameter(item, counter.take())}`,
      ),
      ' and ',
    ),
  );
  return anyOf(cases);
}
