import { appError } from './plugin-errors.ts';
import { fetchThrough, logThrough, networkThrough, writeFileThrough, type Ask, type Input } from './plugin-context.ts';

type Value = unknown;

/** What the code of a trigger is given. The cursor is a copy: what counts is the one that the server stored. */
export function sourceContext(input: Input, ask: Ask, signal: AbortSignal): Input {
  const refused = (what: string) => () =>
    Promise.reject(appError({ kind: 'not-allowed', code: 'plugin.not-available', message: `Plugins cannot ${what}.` }));
  const startedAt = Date.now();
  let cursor = input['cursor'];
  return {
    settings: input['settings'],
    secrets: input['secrets'],
    name: input['name'],
    cursor: () => cursor,
    signal,
    now: () => (input['now'] as number) + (Date.now() - startedAt),
    log: logThrough(ask),
    fetch: fetchThrough(ask),
    network: networkThrough(ask),
    resolveAddress: refused('open connections'),
    listen: refused('listen to notices of databases'),
    tables: {
      describe: (dataSource: string, table: string) => ask('source.describe', { dataSource, table }),
      list: (dataSource: string, request: Input) => ask('source.list', { dataSource, request }),
    },
    files: { write: writeFileThrough(ask) },
    rest: (ms: number) => rest(ask, ms, signal),
    connected: () => void ask('connected', {}).catch(() => undefined),
    deliver: async (batch: Record<string, Value>) => {
      await ask('deliver', batch);
      if (batch['cursor'] !== undefined) cursor = batch['cursor'];
    },
  };
}

const longestRest = 60 * 60_000;

/** The server knows that it rests: one that rests does not hang. Long rests are several for the server. */
async function rest(ask: Ask, ms: number, signal: AbortSignal): Promise<void> {
  const until = Date.now() + ms;
  for (let left = ms; left > 0 && !signal.aborted; left = until - Date.now()) {
    const stopped = Promise.withResolvers<undefined>();
    const stop = (): void => stopped.resolve(undefined);
    signal.addEventListener('abort', stop, { once: true });
    const waited = ask('rest', { ms: Math.ceil(Math.min(left, longestRest)) });
    // Whoever is told to stop need not hear how the rest ended.
    waited.catch(() => undefined);
    await Promise.race([waited, stopped.promise]);
    signal.removeEventListener('abort', stop);
  }
}
