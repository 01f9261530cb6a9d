import type { Database, StoreTransaction } from '../../database/database.ts';
import {
  countUnderWay,
  findLimits,
  findLastPlace,
  findLastStart,
  holdRun,
  lockKey,
  savePlace,
} from './limits.store.ts';

/** The transaction in which a run is taken. */
interface Taking {
  readonly kind: Database['kind'];
  readonly transaction: StoreTransaction;
  readonly now: () => number;
  readonly onFull: ((concurrencyKey: string) => void) | undefined;
}

/**
 * The time at which a run begins when it may be taken now: its flow is not paused, may have one more under way and may
 * begin once more in its period. Whatever may not is held until it may, so that nobody looks at it before. Runs that have
 * begun go on in any case.
 */
export async function mayBegin(taking: Taking, id: string): Promise<number | undefined> {
  const { kind, transaction, now, onFull } = taking;
  const limits = await findLimits(transaction, id);
  if (limits === undefined) return undefined;
  const { concurrency_key: key, concurrency_limit: limit } = limits;
  if (limits.is_paused && limits.fence === 0) {
    await holdRun(transaction, id, null);
    return undefined;
  }
  if (key !== null && limit !== null) {
    if (kind === 'postgres') await lockKey(transaction, key);
    if ((await countUnderWay(transaction, key, id)) >= limit) {
      onFull?.(key);
      return undefined;
    }
  }
  return limits.fence > 0 || limits.rate_key === null ? now() : placeOf(taking, id, limits.rate_key);
}

/**
 * Places are given in the order in which runs are looked at, each at the earliest time at which no period has more
 * starts than the limit: the time of the start that is `limit` places before, and a period more. A run that has its
 * place keeps it, so that those that came later do not overtake it. Workers may be late: then those behind it wait longer.
 */
async function placeOf({ kind, transaction, now }: Taking, id: string, key: string): Promise<number | undefined> {
  if (kind === 'postgres') await lockKey(transaction, `rate ${key}`);
  // Read again under the lock: another worker may have given it its place meanwhile.
  const limits = await findLimits(transaction, id);
  if (limits === undefined || limits.fence > 0) return undefined;
  const time = now();
  const { rate_limit: limit, rate_period_ms: period, rate_at: given } = limits;
  if (limit === null || period === null) return time;
  const before =
    given === null
      ? await findLastPlace(transaction, key, limit)
      : await findLastStart(transaction, { key, count: limit, until: time });
  const earliest = Math.max(given ?? time, before === undefined ? 0 : before + period);
  const at = earliest <= time ? time : earliest;
  if (at !== given) await savePlace(transaction, id, at);
  if (at === time) return time;
  await holdRun(transaction, id, at);
  return undefined;
}
