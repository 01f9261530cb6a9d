import type { StoreTransaction } from '../../../database/database.ts';
import type { LiveChange } from '../follow-live.ts';
import { saveRetention } from './retention.store.ts';

/** Makes how long runs are kept that of the live release, in the transaction that makes it live. */
export async function followRetention(transaction: StoreTransaction, { appId, release }: LiveChange): Promise<void> {
  const rules = Object.values(release?.app.flows ?? {}).flatMap(({ id, retention }) =>
    retention === undefined ? [] : [{ flow_id: id, retention: JSON.stringify(retention) }],
  );
  await saveRetention(transaction, appId, rules);
}
