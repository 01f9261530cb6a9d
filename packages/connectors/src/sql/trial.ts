import { bug, timeoutError, type AppError } from '@fettle/base';
import type { CallOptions, DataTrial, TablesCapability } from '@fettle/sdk/server';
import type { SqlConnection, SqlDriver, SqlResult, Statement } from './driver.ts';

/** What a system needs for trials; systems without it have none. */
export interface TrialRules {
  /** Refuses, within the transaction, what could not be undone. */
  readonly prepare?: (connection: SqlConnection) => Promise<void>;
}

const savepoint = 'fettle_trial';

/**
 * Rows written in one transaction that is always rolled back: at `end`, at the time limit, or when the signal fires. The
 * transaction begins with the first call.
 */
export function beginTrial(
  driver: SqlDriver,
  rules: TrialRules,
  options: CallOptions,
  tablesOn: (driver: SqlDriver) => TablesCapability,
): DataTrial {
  const trial = new TrialDriver(driver, rules, options);
  return { tables: tablesOn(trial), end: () => trial.close() };
}

/** Takes every statement to the same transaction, one call after the other. A call that fails is undone alone. */
class TrialDriver implements SqlDriver {
  readonly #driver: SqlDriver;
  readonly #rules: TrialRules;
  readonly #options: CallOptions;
  readonly #timer: NodeJS.Timeout;
  readonly #ending = Promise.withResolvers<void>();
  readonly #stop = (): void => void this.close();
  #connection: Promise<SqlConnection> | undefined;
  #whole: Promise<void> | undefined;
  #queue: Promise<unknown> = Promise.resolve();
  #isOver = false;

  constructor(driver: SqlDriver, rules: TrialRules, options: CallOptions) {
    this.#driver = driver;
    this.#rules = rules;
    this.#options = options;
    this.#timer = setTimeout(this.#stop, options.timeoutMs);
    options.signal.addEventListener('abort', this.#stop, { once: true });
  }

  run(statement: Statement, parameters: readonly unknown[]): Promise<SqlResult> {
    return this.#inTurn((connection) => connection.run(statement, parameters));
  }

  transaction<T>(_options: CallOptions, work: (connection: SqlConnection) => Promise<T>): Promise<T> {
    return this.#inTurn(work);
  }

  custom(): never {
    throw bug('Custom statements have no part in trials.');
  }

  translate(error: unknown): unknown {
    return this.#driver.translate(error);
  }

  async close(): Promise<void> {
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#options.signal.removeEventListener('abort', this.#stop);
    // Nothing may run on the connection once it belongs to somebody else.
    await this.#queue;
    this.#ending.resolve();
    await this.#whole;
  }

  #inTurn<T>(work: (connection: SqlConnection) => Promise<T>): Promise<T> {
    const turn = this.#queue.then(async () => {
      if (this.#isOver) throw trialOver();
      const connection = await this.#begin();
      const send = (text: string): Promise<SqlResult> => connection.run({ text }, []);
      try {
        await send(`savepoint ${savepoint}`);
        const answer = await work(connection);
        await send(`release savepoint ${savepoint}`);
        return answer;
      } catch (error) {
        await send(`rollback to savepoint ${savepoint}`).catch(() => undefined);
        throw this.#isOver ? trialOver() : this.#driver.translate(error);
      }
    });
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  #begin(): Promise<SqlConnection> {
    this.#connection ??= new Promise((resolve, reject) => {
      this.#whole = this.#driver
        .transaction(this.#options, async (connection) => {
          await this.#rules.prepare?.(connection);
          resolve(connection);
          await this.#ending.promise;
          throw new Undone();
        })
        .catch(reject);
    });
    return this.#connection;
  }
}

/** Makes the driver roll back. Nobody sees it. */
class Undone extends Error {}

function trialOver(): AppError {
  return timeoutError({
    code: 'data.trial-over',
    message: 'The trial took too long: what it wrote has been undone.',
    hint: 'Try with fewer rows, or without slow steps in between.',
  });
}
