import { constants, DatabaseSync, type StatementSync } from 'node:sqlite';
import process from 'node:process';
import { parentPort, workerData } from 'node:worker_threads';
import type { WorkerAnswer, WorkerOptions, WorkerTask, WorkerValue } from './worker-protocol.ts';

/** Statements kept prepared. */
const cacheSize = 300;

interface Prepared {
  readonly statement: StatementSync;
  readonly columns: readonly { readonly name: string; readonly type: string | null }[];
}

/** The same file runs as a thread and, for statements of builders, as a process of its own. */
const options = (parentPort === null ? JSON.parse(process.argv[2] ?? '{}') : workerData) as WorkerOptions;
const statements = new Map<string, Prepared>();
/** While a builder's own statement is prepared, what could reach beyond the file or weaken it is refused. */
let isCustom = false;

const database = open();

if (parentPort === null) {
  process.on('message', (task: WorkerTask) => process.send?.(answer(task)));
  process.on('disconnect', () => process.exit());
} else {
  parentPort.on('message', (task: WorkerTask) => parentPort?.postMessage(answer(task)));
}

function open(): DatabaseSync {
  const opened = new DatabaseSync(options.file, {
    readOnly: options.readOnly,
    enableForeignKeyConstraints: true,
    enableDoubleQuotedStringLiterals: false,
    allowExtension: false,
    timeout: options.busyTimeoutMs,
    // One value is held in memory several times on its way.
    limits: { length: 128 * 1024 * 1024 },
  } as ConstructorParameters<typeof DatabaseSync>[1]);
  opened.exec('pragma trusted_schema = OFF; pragma temp_store = MEMORY;');
  if (!options.readOnly) opened.exec('pragma journal_mode = WAL; pragma synchronous = FULL;');
  opened.function('fettle_fold', { deterministic: true }, (value) =>
    typeof value === 'string' ? value.toLowerCase() : (value as null),
  );
  opened.enableDefensive(true);
  opened.setAuthorizer((action, first, second) => {
    if (action === constants.SQLITE_ATTACH || action === constants.SQLITE_DETACH) return constants.SQLITE_DENY;
    if (action === constants.SQLITE_FUNCTION && second === 'load_extension') return constants.SQLITE_DENY;
    if (!isCustom) return constants.SQLITE_OK;
    if (action === constants.SQLITE_PRAGMA)
      return isHarmlessPragma(first, second) ? constants.SQLITE_OK : constants.SQLITE_DENY;
    // A transaction of the builder's own would end ours.
    if (action === constants.SQLITE_TRANSACTION || action === constants.SQLITE_SAVEPOINT) return constants.SQLITE_DENY;
    return constants.SQLITE_OK;
  });
  return opened;
}

function isHarmlessPragma(name: string | null, value: string | null): boolean {
  const looksAtStructure = /^(?:table|index|foreign_key)_(?:x?info|list)$|^table_list$/i.test(name ?? '');
  return (
    looksAtStructure ||
    (value === null && /^(?:user_version|page_count|page_size|foreign_keys|encoding)$/i.test(name ?? ''))
  );
}

function answer(task: WorkerTask): WorkerAnswer {
  try {
    if (task.kind === 'run') return run(prepare(task.text), task.parameters);
    return runCustom(task);
  } catch (error) {
    const {
      message = String(error),
      code = '',
      errcode = 0,
    } = error as { message?: string; code?: string; errcode?: number };
    return { error: { message, code, errcode } };
  }
}

function prepare(text: string): Prepared {
  const known = statements.get(text);
  if (known !== undefined) return known;
  const prepared = prepareFresh(text);
  statements.set(text, prepared);
  if (statements.size > cacheSize) {
    const oldest = statements.keys().next().value;
    if (oldest !== undefined) statements.delete(oldest);
  }
  return prepared;
}

function prepareFresh(text: string): Prepared {
  const statement = database.prepare(text);
  const columns = statement.columns().map(({ name, type }) => ({ name, type }));
  statement.setReturnArrays(true);
  statement.setReadBigInts(true);
  return { statement, columns };
}

function run({ statement, columns }: Prepared, parameters: readonly unknown[]): WorkerAnswer {
  if (columns.length === 0)
    return { rows: [], affected: Number(statement.run(...(parameters as WorkerValue[])).changes) };
  const rows = statement.all(...(parameters as WorkerValue[])) as unknown as WorkerValue[][];
  for (const row of rows) shortenIntegers(row);
  return { rows, affected: rows.length };
}

/** Numbers while they are safe; `bigint` beyond that. */
function shortenIntegers(row: WorkerValue[]): void {
  for (let index = 0; index < row.length; index += 1) {
    const value = row[index];
    if (typeof value !== 'bigint') continue;
    if (value >= -9007199254740991n && value <= 9007199254740991n) row[index] = Number(value);
  }
}

function runCustom(task: Extract<WorkerTask, { kind: 'custom' }>): WorkerAnswer {
  database.exec(task.readOnly ? 'pragma query_only = ON; begin' : 'begin immediate');
  try {
    isCustom = true;
    let prepared: Prepared;
    try {
      prepared = prepareFresh(task.text);
    } finally {
      isCustom = false;
    }
    const result = readCapped(prepared, task);
    database.exec('commit');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('rollback');
    throw error;
  } finally {
    if (task.readOnly) database.exec('pragma query_only = OFF');
  }
}

function readCapped({ statement, columns }: Prepared, task: Extract<WorkerTask, { kind: 'custom' }>): WorkerAnswer {
  const parameters = task.parameters as WorkerValue[];
  if (columns.length === 0) {
    return { rows: [], affected: Number(statement.run(...parameters).changes), columns, truncated: false };
  }
  const rows: WorkerValue[][] = [];
  let bytes = 0;
  for (const row of statement.iterate(...parameters) as unknown as Iterable<WorkerValue[]>) {
    for (const value of row)
      bytes += typeof value === 'string' ? value.length : ((value as Uint8Array | null)?.byteLength ?? 8);
    if (rows.length >= task.maxRows || bytes > task.maxBytes) return { rows, affected: 0, columns, truncated: true };
    shortenIntegers(row);
    rows.push(row);
  }
  return { rows, affected: 0, columns, truncated: false };
}
