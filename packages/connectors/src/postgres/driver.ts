import { isIP } from 'node:net';
import pg from 'pg';
import type { CallOptions, ConnectorContext } from '@fettle/sdk/server';
import type { CustomResult, CustomStatement, SqlConnection, SqlDriver, SqlResult, Statement } from '../sql/driver.ts';
import { Pool } from '../sql/pool.ts';
import { refuseAborted, watchCall, type Watch } from '../sql/watch.ts';
import { containWireErrors } from './contain-wire-errors.ts';
import { runCustom } from './custom.ts';
import { translatePostgresError } from './errors.ts';
import { PostgresNotices } from './notices.ts';
import { wireTypes } from './wire.ts';

/** Where and how to connect. */
export interface PostgresTarget {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string | undefined;
  readonly encryption: 'off' | 'on' | 'verified';
  readonly certificate: string | undefined;
  /** Off for connection poolers that hand every transaction to another server process. */
  readonly preparedStatements: boolean;
}

/** Statements kept prepared per connection before all are let go. */
const maxPrepared = 300;

/** How long the server has to react to a cancel request before the connection is given up. */
const cancelGraceMs = 2000;

/** One connection, with what is prepared on it. */
export interface PostgresConnection {
  readonly client: pg.Client;
  processId: number;
  readonly prepared: Set<string>;
  isBroken: boolean;
  /** A cancel request that is on its way. It must not hit the next statement. */
  cancelling: Promise<void> | undefined;
}

/** Speaks to PostgreSQL through `pg`, past Knex: named prepared statements, rows as lists in wire form. */
export class PostgresDriver implements SqlDriver {
  readonly #target: PostgresTarget;
  readonly #context: ConnectorContext;
  readonly #pool: Pool<PostgresConnection>;
  /** What the database sends by itself. */
  readonly notices: PostgresNotices;

  constructor(target: PostgresTarget, context: ConnectorContext) {
    this.notices = new PostgresNotices(() => this.#connect());
    this.#target = target;
    this.#context = context;
    this.#pool = new Pool({
      limits: context.limits,
      open: () => this.#open(),
      close: (connection) => connection.client.end(),
    });
  }

  run(statement: Statement, parameters: readonly unknown[], options: CallOptions): Promise<SqlResult> {
    const connection = options.signal.aborted ? undefined : this.#pool.take();
    if (connection !== undefined) return this.#runAndRelease(connection, statement, parameters, options);
    return this.#pool.acquire(options).then((opened) => this.#runAndRelease(opened, statement, parameters, options));
  }

  #runAndRelease(
    connection: PostgresConnection,
    statement: Statement,
    parameters: readonly unknown[],
    options: CallOptions,
  ): Promise<SqlResult> {
    return new Promise((resolve, reject) => {
      const watch = this.#watch(connection, options);
      this.#send(connection, statement, parameters, (error, result) => {
        watch.end();
        if (error !== null && isStalePlan(error) && watch.reason === undefined) {
          resolve(this.#prepareAgain(connection, statement, parameters, options));
          return;
        }
        this.#release(connection);
        if (error === null) resolve(result);
        else reject(watch.reason ?? translatePostgresError(error));
      });
    });
  }

  /** The table changed under a prepared statement: PostgreSQL wants it prepared anew. */
  async #prepareAgain(
    connection: PostgresConnection,
    statement: Statement,
    parameters: readonly unknown[],
    options: CallOptions,
  ): Promise<SqlResult> {
    this.#pool.release(connection, true);
    const fresh = await this.#pool.acquire(options);
    return this.#runAndRelease(fresh, { text: statement.text }, parameters, options);
  }

  #send(
    connection: PostgresConnection,
    statement: Statement,
    parameters: readonly unknown[],
    done: (error: Error | null, result: SqlResult) => void,
  ): void {
    const { text } = statement;
    const name = this.#target.preparedStatements ? statement.name : undefined;
    if (name !== undefined && !connection.prepared.has(name)) this.#remember(connection, name);
    const query = {
      text,
      values: parameters as unknown[],
      rowMode: 'array' as const,
      ...(name === undefined ? {} : { name }),
    };
    connection.client.query(query, (error: Error | null, result) => {
      done(error, error === null ? { rows: result.rows as unknown[][], affected: result.rowCount ?? 0 } : nothing);
    });
  }

  #remember(connection: PostgresConnection, name: string): void {
    if (connection.prepared.size >= maxPrepared) {
      connection.prepared.clear();
      const { parsedStatements } = (
        connection.client as unknown as { connection: { parsedStatements: Record<string, string> } }
      ).connection;
      for (const known of Object.keys(parsedStatements)) delete parsedStatements[known];
      // Queries of one connection run in order, so this is done before the statement that comes next.
      connection.client.query('deallocate all', () => undefined);
    }
    connection.prepared.add(name);
  }

  async transaction<T>(options: CallOptions, work: (connection: SqlConnection) => Promise<T>): Promise<T> {
    refuseAborted(options);
    const connection = await this.#pool.acquire(options);
    const watch = this.#watch(connection, options);
    const run = async (statement: Statement, parameters: readonly unknown[]): Promise<SqlResult> => {
      if (watch.reason !== undefined) throw watch.reason;
      return new Promise((resolve, reject) => {
        this.#send(connection, statement, parameters, (error, result) =>
          error === null ? resolve(result) : reject(error),
        );
      });
    };
    try {
      await run({ text: 'begin' }, []);
      const answer = await work({ run });
      await run({ text: 'commit' }, []);
      return answer;
    } catch (error) {
      watch.end();
      await this.#rollBack(connection);
      throw watch.reason ?? translatePostgresError(error);
    } finally {
      watch.end();
      this.#release(connection);
    }
  }

  #release(connection: PostgresConnection): void {
    const { cancelling } = connection;
    if (cancelling === undefined) this.#pool.release(connection, connection.isBroken);
    else void cancelling.then(() => this.#pool.release(connection, connection.isBroken));
  }

  async #rollBack(connection: PostgresConnection): Promise<void> {
    try {
      await connection.client.query('rollback');
    } catch {
      connection.isBroken = true;
    }
  }

  async custom(statement: CustomStatement, options: CallOptions): Promise<CustomResult> {
    const connection = await this.#pool.acquire(options);
    const watch = this.#watch(connection, options);
    try {
      return await runCustom(connection.client, statement);
    } catch (error) {
      throw watch.reason ?? translatePostgresError(error);
    } finally {
      watch.end();
      await this.#restore(connection, statement.text);
      this.#release(connection);
    }
  }

  /** Ends what is open and leaves the session as it was: roles, settings and locks must not reach the next caller. */
  async #restore(connection: PostgresConnection, text: string): Promise<void> {
    // Statements prepared by hand could bear the names of ours.
    if (/\bprepare\b/i.test(text)) connection.isBroken = true;
    if (connection.isBroken) return;
    try {
      await connection.client.query(restoreSession);
    } catch {
      connection.isBroken = true;
    }
  }

  translate(error: unknown): unknown {
    return translatePostgresError(error);
  }

  close(): Promise<void> {
    this.notices.close();
    return this.#pool.close();
  }

  /** Watches what the connection is doing; a limit cancels it on the server. */
  #watch(connection: PostgresConnection, options: CallOptions): Watch {
    return watchCall(options, () => {
      connection.cancelling = this.#cancel(connection).finally(() => {
        connection.cancelling = undefined;
      });
    });
  }

  async #cancel(connection: PostgresConnection): Promise<void> {
    let isOver = false;
    const giveUp = setTimeout(() => {
      if (isOver) return;
      connection.isBroken = true;
      (connection.client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
    }, cancelGraceMs);
    try {
      const helper = await this.#connect();
      try {
        await helper.query('select pg_cancel_backend($1)', [connection.processId]);
      } finally {
        await helper.end();
      }
      // An empty query answers once the cancelled one has ended.
      await connection.client.query('');
    } catch {
      connection.isBroken = true;
    } finally {
      isOver = true;
      clearTimeout(giveUp);
    }
  }

  async #open(): Promise<PostgresConnection> {
    const client = await this.#connect();
    const connection: PostgresConnection = {
      client,
      processId: 0,
      prepared: new Set(),
      isBroken: false,
      cancelling: undefined,
    };
    client.on('error', () => {
      connection.isBroken = true;
      this.#pool.forget(connection);
    });
    connection.processId = (client as unknown as { processID: number }).processID;
    return connection;
  }

  async #connect(): Promise<pg.Client> {
    const { host, port, database, user, password, encryption, certificate } = this.#target;
    const { address } = await this.#context.resolveAddress(host, port);
    const ssl = {
      rejectUnauthorized: encryption === 'verified',
      ...(isIP(host) === 0 ? { servername: host } : {}),
      ...(certificate === undefined ? {} : { ca: certificate }),
    };
    const client = new pg.Client({
      host: address,
      port,
      database,
      user,
      password: password ?? '',
      ssl: encryption === 'off' ? false : ssl,
      connectionTimeoutMillis: this.#context.limits.connectTimeoutMs,
      application_name: 'fettle',
      options: '-c timezone=UTC -c datestyle=ISO -c intervalstyle=iso_8601 -c bytea_output=hex -c extra_float_digits=1',
      types: wireTypes as unknown as pg.CustomTypesConfig,
    });
    containWireErrors(client);
    // Without a listener, an error before or after a query would end the process.
    client.on('error', () => undefined);
    try {
      await client.connect();
    } catch (error) {
      await client.end().catch(() => undefined);
      throw translatePostgresError(error);
    }
    return client;
  }
}

// All of DISCARD ALL except the statements that are prepared, which stay useful.
const restoreSession = [
  'rollback',
  'set session authorization default',
  'reset all',
  'close all',
  'unlisten *',
  'select pg_advisory_unlock_all()',
  'discard temp',
  'discard sequences',
].join(';');

const nothing: SqlResult = { rows: [], affected: 0 };

function isStalePlan(error: Error): boolean {
  const { code } = error as { code?: string };
  return code === '26000' || (code === '0A000' && error.message.includes('cached plan'));
}
