import { isIP } from 'node:net';
import { Connection, Request, TYPES, type ConnectionConfiguration } from 'tedious';
import type { ColumnType, ResultColumn } from '@fettle/sdk';
import type { CallOptions, ConnectorContext } from '@fettle/sdk/server';
import type { CustomResult, CustomStatement, SqlConnection, SqlDriver, SqlResult, Statement } from '../sql/driver.ts';
import { Pool } from '../sql/pool.ts';
import { watchCall, type Watch } from '../sql/watch.ts';
import { translateMssqlError } from './errors.ts';

/** Where and how to connect. */
export interface MssqlTarget {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string | undefined;
  readonly encryption: 'off' | 'on' | 'verified';
}

interface Entry {
  readonly connection: Connection;
  isBroken: boolean;
}

/** Rows are taken one by one, so that a cap can stop them. False stops. */
type TakeRow = (values: readonly unknown[]) => boolean;

/** Speaks to SQL Server through `tedious`, past Knex. */
export class MssqlDriver implements SqlDriver {
  readonly #target: MssqlTarget;
  readonly #context: ConnectorContext;
  readonly #pool: Pool<Entry>;

  constructor(target: MssqlTarget, context: ConnectorContext) {
    this.#target = target;
    this.#context = context;
    this.#pool = new Pool({
      limits: context.limits,
      open: () => this.#open(),
      close: (entry) => entry.connection.close(),
    });
  }

  run(statement: Statement, parameters: readonly unknown[], options: CallOptions): Promise<SqlResult> {
    return this.#use(options, (entry) => execute(entry, statement.text, parameters));
  }

  transaction<T>(options: CallOptions, work: (connection: SqlConnection) => Promise<T>): Promise<T> {
    return this.#use(options, async (entry, watch) => {
      const run = async ({ text }: Statement, parameters: readonly unknown[]): Promise<SqlResult> => {
        if (watch.reason !== undefined) throw watch.reason;
        return execute(entry, text, parameters);
      };
      try {
        await batch(entry, 'set xact_abort on; begin transaction');
        const answer = await work({ run });
        await batch(entry, 'commit transaction');
        return answer;
      } catch (error) {
        await rollBack(entry);
        throw error;
      }
    });
  }

  /** SQL Server has no read-only transaction: what reads is always rolled back. */
  custom(statement: CustomStatement, options: CallOptions): Promise<CustomResult> {
    const { text, parameters, mode, maxRows, maxBytes } = statement;
    return this.#use(options, async (entry) => {
      const rows: (readonly unknown[])[] = [];
      let bytes = 0;
      let truncated = false;
      let columns: readonly ResultColumn[] = [];
      const take: TakeRow = (values) => {
        const row = values.map(wireValue);
        bytes += Buffer.byteLength(JSON.stringify(row));
        truncated = rows.length >= maxRows || bytes > maxBytes;
        if (!truncated) rows.push(row);
        return !truncated || mode === 'write';
      };
      try {
        await batch(entry, 'begin transaction');
        const { affected } = await execute(entry, text, parameters, { take, describe: (found) => (columns = found) });
        if (mode === 'write') await batch(entry, 'commit transaction');
        return { columns, rows, affected: columns.length === 0 ? affected : undefined, truncated };
      } finally {
        await rollBack(entry);
      }
    });
  }

  translate(error: unknown): unknown {
    return translateMssqlError(error);
  }

  close(): Promise<void> {
    return this.#pool.close();
  }

  async #use<T>(options: CallOptions, work: (entry: Entry, watch: Watch) => Promise<T>): Promise<T> {
    const entry = (options.signal.aborted ? undefined : this.#pool.take()) ?? (await this.#pool.acquire(options));
    const watch = watchCall(options, () => void entry.connection.cancel());
    try {
      return await work(entry, watch);
    } catch (error) {
      throw watch.reason ?? translateMssqlError(error);
    } finally {
      watch.end();
      this.#pool.release(entry, entry.isBroken);
    }
  }

  async #open(): Promise<Entry> {
    const { host, port, database, user, password, encryption } = this.#target;
    const { address } = await this.#context.resolveAddress(host, port);
    const configuration: ConnectionConfiguration = {
      server: address,
      authentication: { type: 'default', options: { userName: user, password: password ?? '' } },
      options: {
        port,
        database,
        encrypt: encryption !== 'off',
        trustServerCertificate: encryption !== 'verified',
        ...(isIP(host) === 0 ? { serverName: host } : {}),
        connectTimeout: this.#context.limits.connectTimeoutMs,
        requestTimeout: 0,
        cancelTimeout: 2000,
        useUTC: true,
        appName: 'fettle',
        abortTransactionOnError: true,
      },
    };
    return new Promise((resolve, reject) => {
      const connection = new Connection(configuration);
      const entry: Entry = { connection, isBroken: false };
      const lose = (): void => {
        entry.isBroken = true;
        this.#pool.forget(entry);
      };
      connection.on('error', lose);
      connection.on('end', lose);
      connection.connect((error) => {
        if (error === undefined) {
          resolve(entry);
          return;
        }
        connection.close();
        reject(translateMssqlError(error));
      });
    });
  }
}

function execute(
  entry: Entry,
  text: string,
  parameters: readonly unknown[],
  reading?: { readonly take: TakeRow; readonly describe: (columns: readonly ResultColumn[]) => void },
): Promise<SqlResult> {
  return new Promise((resolve, reject) => {
    const rows: unknown[][] = [];
    let isStopped = false;
    const request = new Request(text, (error, count) => {
      if (error === undefined || error === null || isStopped) resolve({ rows, affected: count ?? rows.length });
      else reject(error);
    });
    for (const [index, value] of parameters.entries()) addParameter(request, `p${index + 1}`, value);
    request.on('columnMetadata', (columns) => {
      const list = Array.isArray(columns) ? columns : Object.values(columns);
      reading?.describe(list.map(({ colName, type }) => ({ name: colName, type: columnTypes[type.name] ?? 'text' })));
    });
    request.on('row', (columns: unknown) => {
      const values = (columns as readonly { readonly value: unknown }[]).map((column) => column.value);
      if (reading === undefined) rows.push(values);
      else if (!isStopped && !reading.take(values)) {
        isStopped = true;
        request.cancel();
      }
    });
    entry.connection.execSql(request);
  });
}

function batch(entry: Entry, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    entry.connection.execSqlBatch(
      new Request(text, (error) => (error === undefined || error === null ? resolve() : reject(error))),
    );
  });
}

async function rollBack(entry: Entry): Promise<void> {
  if (entry.isBroken) return;
  try {
    await batch(entry, 'if @@trancount > 0 rollback transaction');
  } catch {
    entry.isBroken = true;
  }
}

function addParameter(request: Request, name: string, value: unknown): void {
  if (typeof value === 'number') {
    request.addParameter(name, Number.isInteger(value) && Math.abs(value) < 2 ** 31 ? TYPES.Int : TYPES.Float, value);
  } else if (typeof value === 'boolean') request.addParameter(name, TYPES.Bit, value);
  else if (Buffer.isBuffer(value)) request.addParameter(name, TYPES.VarBinary, value);
  else request.addParameter(name, TYPES.NVarChar, value === null || value === undefined ? null : String(value));
}

const columnTypes: Readonly<Record<string, ColumnType>> = {
  TinyInt: 'integer',
  SmallInt: 'integer',
  Int: 'integer',
  BigInt: 'integer',
  IntN: 'integer',
  Bit: 'boolean',
  BitN: 'boolean',
  Real: 'number',
  Float: 'number',
  FloatN: 'number',
  Decimal: 'number',
  DecimalN: 'number',
  Numeric: 'number',
  NumericN: 'number',
  Money: 'number',
  SmallMoney: 'number',
  MoneyN: 'number',
  Date: 'date',
  Time: 'time',
  DateTime: 'datetime',
  DateTime2: 'datetime',
  DateTimeN: 'datetime',
  SmallDateTime: 'datetime',
  DateTimeOffset: 'timestamp',
  UniqueIdentifier: 'uuid',
  VarBinary: 'binary',
  Binary: 'binary',
  Image: 'binary',
};

function wireValue(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  return Buffer.isBuffer(value) ? value.toString('base64') : value;
}
