import { isIP } from 'node:net';
import mysql, { type Connection, type ResultSetHeader } from 'mysql2';
import type { CallOptions, ConnectorContext } from '@fettle/sdk/server';
import type { CustomResult, CustomStatement, SqlConnection, SqlDriver, SqlResult, Statement } from '../sql/driver.ts';
import { Pool } from '../sql/pool.ts';
import { watchCall, type Watch } from '../sql/watch.ts';
import { command, type MysqlConnection } from './connection.ts';
import { runCustom } from './custom.ts';
import { translateMysqlError } from './errors.ts';

/** Where and how to connect. */
export interface MysqlTarget {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string | undefined;
  readonly encryption: 'off' | 'on' | 'verified';
  readonly certificate: string | undefined;
}

const sessionSettings =
  "set time_zone = '+00:00', sql_mode = concat_ws(',', nullif(@@sql_mode, ''), 'STRICT_ALL_TABLES', 'NO_ENGINE_SUBSTITUTION')";

/** Speaks to MySQL and MariaDB through `mysql2`, past Knex: prepared statements, rows as lists. */
export class MysqlDriver implements SqlDriver {
  readonly #target: MysqlTarget;
  readonly #context: ConnectorContext;
  readonly #pool: Pool<MysqlConnection>;

  constructor(target: MysqlTarget, context: ConnectorContext) {
    this.#target = target;
    this.#context = context;
    this.#pool = new Pool({
      limits: context.limits,
      open: () => this.#open(),
      close: (entry) => entry.connection.destroy(),
    });
  }

  async run(statement: Statement, parameters: readonly unknown[], options: CallOptions): Promise<SqlResult> {
    return this.#use(options, async (entry, watch) => {
      const result = await execute(entry.connection, statement, parameters);
      // Some functions (sleep, benchmark) answer when they are killed: that is no result. What wrote has written.
      if (watch.reason !== undefined && statement.text.startsWith('select')) throw watch.reason;
      return result;
    });
  }

  async transaction<T>(options: CallOptions, work: (connection: SqlConnection) => Promise<T>): Promise<T> {
    return this.#use(options, async (entry, watch) => {
      const run = async (statement: Statement, parameters: readonly unknown[]): Promise<SqlResult> => {
        if (watch.reason !== undefined) throw watch.reason;
        return execute(entry.connection, statement, parameters);
      };
      try {
        await command(entry.connection, 'start transaction');
        const answer = await work({ run });
        if (watch.reason !== undefined) throw watch.reason;
        await command(entry.connection, 'commit');
        return answer;
      } catch (error) {
        await this.#rollBack(entry);
        throw error;
      }
    });
  }

  async custom(statement: CustomStatement, options: CallOptions): Promise<CustomResult> {
    return this.#use(options, (entry, watch) => runCustom(entry, statement, watch));
  }

  translate(error: unknown): unknown {
    return translateMysqlError(error);
  }

  close(): Promise<void> {
    return this.#pool.close();
  }

  async #use<T>(options: CallOptions, work: (entry: MysqlConnection, watch: Watch) => Promise<T>): Promise<T> {
    const entry = (options.signal.aborted ? undefined : this.#pool.take()) ?? (await this.#pool.acquire(options));
    const cancelling: Promise<void>[] = [];
    const watch = watchCall(options, () => void cancelling.push(this.#cancel(entry)));
    try {
      return await work(entry, watch);
    } catch (error) {
      throw watch.reason ?? translateMysqlError(error);
    } finally {
      watch.end();
      // A late cancel must not hit the next statement of this connection.
      await Promise.all(cancelling);
      this.#pool.release(entry, entry.isBroken);
    }
  }

  async #rollBack(entry: MysqlConnection): Promise<void> {
    if (entry.isBroken) return;
    try {
      await command(entry.connection, 'rollback');
    } catch {
      entry.isBroken = true;
    }
  }

  async #cancel(entry: MysqlConnection): Promise<void> {
    try {
      const helper = await this.#connect();
      try {
        await command(helper, `kill query ${Number(entry.connection.threadId)}`);
      } finally {
        helper.destroy();
      }
    } catch {
      entry.isBroken = true;
      entry.connection.destroy();
    }
  }

  async #open(): Promise<MysqlConnection> {
    const connection = await this.#connect();
    const entry: MysqlConnection = { connection, isBroken: false };
    const lose = (): void => {
      entry.isBroken = true;
      this.#pool.forget(entry);
    };
    connection.on('error', lose);
    connection.on('end', lose);
    await command(connection, sessionSettings);
    return entry;
  }

  async #connect(): Promise<Connection> {
    const { host, port, database, user, password, encryption, certificate } = this.#target;
    const { address } = await this.#context.resolveAddress(host, port);
    const ssl = {
      rejectUnauthorized: encryption === 'verified',
      verifyIdentity: encryption === 'verified',
      ...(isIP(host) === 0 ? { servername: host } : {}),
      ...(certificate === undefined ? {} : { ca: certificate }),
    };
    return new Promise((resolve, reject) => {
      const connection = mysql.createConnection({
        host: address,
        port,
        database,
        user,
        password: password ?? '',
        ...(encryption === 'off' ? {} : { ssl }),
        charset: 'utf8mb4',
        connectTimeout: this.#context.limits.connectTimeoutMs,
        dateStrings: true,
        supportBigNumbers: true,
        bigNumberStrings: false,
        jsonStrings: true,
        decimalNumbers: false,
        multipleStatements: false,
        // No server is sent a file of this machine.
        flags: ['-LOCAL_FILES'],
        rowsAsArray: true,
        maxPreparedStatements: 300,
      } as mysql.ConnectionOptions);
      connection.on('error', () => undefined);
      connection.connect((error) => {
        if (error === null || error === undefined) resolve(connection);
        else {
          connection.destroy();
          reject(translateMysqlError(error));
        }
      });
    });
  }
}

function execute(connection: Connection, { text }: Statement, parameters: readonly unknown[]): Promise<SqlResult> {
  return new Promise((resolve, reject) => {
    connection.execute(text, parameters as string[], (error: unknown, answer: unknown) => {
      if (error !== null && error !== undefined) reject(error);
      else if (Array.isArray(answer)) resolve({ rows: answer as unknown[][], affected: answer.length });
      else resolve(changed(answer as ResultSetHeader));
    });
  });
}

function changed({ affectedRows, insertId }: ResultSetHeader): SqlResult {
  return { rows: [], affected: affectedRows, ...(insertId === 0 ? {} : { insertId }) };
}
