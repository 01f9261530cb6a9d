import type { Knex } from 'knex';
import { toSqliteValue } from './create-sqlite-knex.ts';
import type { SqliteConnection, SqliteValue } from './sqlite-connection.ts';

/** Runs one statement that answers rows (or none), committed and durable when it resolves. */
export type RunStatement = (sql: string, values: readonly unknown[]) => Promise<readonly Record<string, SqliteValue>[]>;

/** What Knex lends: its one connection. */
interface ConnectionLender {
  acquireConnection(): Promise<SqliteConnection>;
  releaseConnection(connection: unknown): Promise<void>;
}

interface WaitingStatement {
  readonly sql: string;
  readonly values: readonly SqliteValue[];
  readonly resolve: (rows: readonly Record<string, SqliteValue>[]) => void;
  readonly reject: (error: unknown) => void;
}

type Outcome = { readonly rows: readonly Record<string, SqliteValue>[] } | { readonly error: unknown };

/**
 * Statements on their own that many callers ask for at once: those of one turn of the event loop share one commit, since
 * waiting for the disk is most of what each costs. One that fails does not touch the others; none resolves before all
 * are durable. Turns with transactions of the same Knex are taken as usual.
 */
export function createStatementQueue(database: Knex): RunStatement {
  const lender = database.client as ConnectionLender;
  let waiting: WaitingStatement[] = [];
  const flush = async (): Promise<void> => {
    let taken: readonly WaitingStatement[] = [];
    try {
      const connection = await lender.acquireConnection();
      // Whoever came while another transaction was under way comes along.
      taken = waiting;
      waiting = [];
      try {
        runTogether(connection, taken);
      } finally {
        await lender.releaseConnection(connection);
      }
    } catch (error) {
      const failed = taken.length === 0 ? waiting.splice(0) : taken;
      for (const { reject } of failed) reject(error);
    }
  };
  return (sql, values) =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) setImmediate(() => void flush());
      waiting.push({ sql, values: values.map(toSqliteValue), resolve, reject });
    });
}

function runTogether(connection: SqliteConnection, statements: readonly WaitingStatement[]): void {
  if (statements.length > 1) connection.execute('begin immediate');
  const outcomes = statements.map((statement) => runOne(connection, statement));
  try {
    if (statements.length > 1) connection.execute('commit');
  } catch (error) {
    if (connection.isInTransaction) connection.execute('rollback');
    throw error;
  }
  statements.forEach(({ resolve, reject }, index) => {
    const outcome = outcomes[index] as Outcome;
    if ('rows' in outcome) resolve(outcome.rows);
    else reject(outcome.error);
  });
}

function runOne(connection: SqliteConnection, { sql, values }: WaitingStatement): Outcome {
  try {
    const answer = connection.run(sql, values);
    return { rows: Array.isArray(answer) ? (answer as readonly Record<string, SqliteValue>[]) : [] };
  } catch (error) {
    return { error };
  }
}
