import { AppError, inputError, type Json } from '@fettle/base';
import type { ColumnDescription, Row, SchemaDescription, TableDescription } from '@fettle/sdk';
import type { CompiledStatement, Compiler } from './compiler.ts';
import { ValueCounter } from './filter-sql.ts';
import { joinFragments, sql, type Fragment } from './fragment.ts';
import { planRows, SelectList, type RowReader } from './row-reader.ts';
import { columnOf, tableOf, type IndexedTable } from './schema-index.ts';
import { keyCondition, requireKey } from './select-plan.ts';
import { Aliases, Scope } from './scope.ts';

/** A compiled change that may answer the rows it stored. */
export interface WritePlan {
  readonly statement: CompiledStatement;
  /** Reads the returned rows; undefined where the system cannot return them. */
  readonly reader: RowReader | undefined;
}

/** The columns of a row to write, each checked to exist and to be writable. */
export function writableColumns(table: IndexedTable, row: Row, path: string): readonly string[] {
  if (!table.description.writable) throw notWritable(table.description);
  const names = Object.keys(row);
  for (const name of names) {
    const column = columnOf(table, name, `${path}/${name}`);
    if (column.generated || column.type === 'unknown') throw readOnlyColumn(column, `${path}/${name}`);
  }
  return names;
}

/** Columns whose stored value cannot be compared in SQL the same way everywhere: they are compared after reading. */
export function comparesInSql(column: ColumnDescription): boolean {
  return !['json', 'array', 'number', 'unknown', 'binary', 'datetime', 'timestamp', 'time'].includes(column.type);
}

/** Compiles the insert of rows that have the same columns. */
export function compileInsert(
  compiler: Compiler,
  schema: SchemaDescription,
  options: { readonly table: string; readonly columns: readonly string[]; readonly rows: number },
): WritePlan {
  const table = tableOf(schema, options.table);
  const counter = new ValueCounter();
  const rows = Array.from({ length: options.rows }, (_, row) => {
    const values = options.columns.map((name) => {
      const path = `/rows/${row}/${name}`;
      return compiler.parameter(columnOf(table, name, path), counter.take(), path);
    });
    return sql`(${joinFragments(values, ', ')})`;
  });
  const { output, returning, reader } = planReturned(
    compiler,
    schema,
    table,
    compiler.dialect.capabilities.returning.insert,
  );
  const columns = joinFragments(
    options.columns.map((name) => compiler.name(name)),
    ', ',
  );
  const target = compiler.table(table.description);
  const text =
    options.columns.length === 0
      ? sql`insert into ${target}${output} ${compiler.text(compiler.dialect.capabilities.defaultRow)}${returning}`
      : sql`insert into ${target} (${columns})${output} values ${joinFragments(rows, ', ')}${returning}`;
  return { statement: compiler.finish(text), reader };
}

/** Plans are shared by all rows of a request, so they name the first; see `rebase`. */
const updatePath = '/changes/0';

/** Compiles the update of one row: its values, its key, then what is expected of it. `nulls` marks expected nulls. */
export function compileUpdate(
  compiler: Compiler,
  schema: SchemaDescription,
  options: {
    readonly table: string;
    readonly columns: readonly string[];
    readonly expected: readonly { readonly name: string; readonly isNull: boolean }[];
  },
): WritePlan {
  const table = tableOf(schema, options.table);
  const counter = new ValueCounter();
  const assignments = options.columns.map((name) => {
    const path = `${updatePath}/values/${name}`;
    const column = columnOf(table, name, path);
    return sql`${compiler.name(name)} = ${compiler.parameter(column, counter.take(), path)}`;
  });
  const scope = bareScope(compiler, schema, table);
  const where = joinFragments(
    [keyCondition(scope, counter), ...expectations(scope, options.expected, counter)],
    ' and ',
  );
  const { output, returning, reader } = planReturned(
    compiler,
    schema,
    table,
    compiler.dialect.capabilities.returning.update,
  );
  const set = joinFragments(assignments, ', ');
  const text = sql`update ${compiler.table(table.description)} set ${set}${output} where ${where}${returning}`;
  return { statement: compiler.finish(text), reader };
}

function expectations(
  scope: Scope,
  expected: readonly { readonly name: string; readonly isNull: boolean }[],
  counter: ValueCounter,
): readonly Fragment[] {
  const { compiler } = scope;
  return expected.map(({ name, isNull }) => {
    const column = columnOf(scope.table, name, `${updatePath}/expected/${name}`);
    const reference = scope.reference(name);
    if (isNull) return sql`${reference} is null`;
    const parameter = compiler.parameter(column, counter.take(), `${updatePath}/expected/${name}`);
    return compiler.dialect.exactEqual(reference, parameter, column);
  });
}

/** Compiles the deletion of one row by its key. */
export function compileDelete(compiler: Compiler, schema: SchemaDescription, tableId: string): CompiledStatement {
  const table = tableOf(schema, tableId);
  const where = keyCondition(bareScope(compiler, schema, table), new ValueCounter());
  return compiler.finish(sql`delete from ${compiler.table(table.description)} where ${where}`);
}

/** References without an alias: updates and deletes name one table only. */
function bareScope(compiler: Compiler, schema: SchemaDescription, table: IndexedTable): Scope {
  requireKey(table.description);
  return new BareScope({ compiler, schema, table, aliases: new Aliases() });
}

class BareScope extends Scope {
  override reference(column: string): Fragment {
    return this.compiler.reference(undefined, column);
  }
}

/** The clause that answers the stored rows, which stands in the middle in one system and at the end in others. */
function planReturned(compiler: Compiler, schema: SchemaDescription, table: IndexedTable, canReturn: boolean) {
  if (!canReturn) return { output: nothing, returning: nothing, reader: undefined };
  const { returnedPrefix } = compiler.dialect.capabilities;
  const scope = new ReturnedScope({ compiler, schema, table, aliases: new Aliases() }, returnedPrefix);
  const list = new SelectList();
  const reader = planRows(scope, list, {});
  const items = joinFragments(list.items, ', ');
  return returnedPrefix === undefined
    ? { output: nothing, returning: sql` returning ${items}`, reader }
    : { output: sql` output ${items}`, returning: nothing, reader };
}

const nothing = sql``;

class ReturnedScope extends Scope {
  readonly #prefix: string | undefined;

  constructor(options: ConstructorParameters<typeof Scope>[0], prefix: string | undefined) {
    super(options);
    this.#prefix = prefix;
  }

  override reference(column: string): Fragment {
    return this.compiler.reference(this.#prefix, column);
  }
}

function notWritable(table: TableDescription) {
  return inputError({
    code: 'data.read-only-table',
    message: `"${table.id}" is read-only.`,
    hint:
      table.kind === 'view'
        ? 'Change the table behind the view.'
        : 'The account may not write to it; ask for the right to.',
  });
}

function readOnlyColumn(column: ColumnDescription, path: string) {
  const message = column.generated
    ? `"${column.name}" is computed by the database and cannot be set.`
    : `"${column.name}" (${column.nativeType}) is read-only.`;
  return inputError({
    code: 'data.read-only-column',
    message,
    hint: 'Leave the column out.',
    problems: [{ path, message, code: 'data.read-only-column' }],
  });
}

/** A value of a row for a column, as it is bound. */
export function valueOf(row: Row, name: string): Json {
  return row[name] ?? null;
}

/** Runs `work`; problems that it finds at the first rows are moved to the rows that they are about. */
export function rebase<T>(list: string, first: number, work: () => T): T {
  if (first === 0) return work();
  try {
    return work();
  } catch (error) {
    if (!(error instanceof AppError) || error.problems === undefined) throw error;
    const problems = error.problems.map((problem) => {
      const [, name, row = '', ...rest] = problem.path.split('/');
      if (name !== list) return problem;
      return { ...problem, path: ['', list, String(Number(row) + first), ...rest].join('/') };
    });
    throw new AppError(error.kind, {
      code: error.code,
      message: error.message,
      problems,
      ...(error.hint === undefined ? {} : { hint: error.hint }),
    });
  }
}
