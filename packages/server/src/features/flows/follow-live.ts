import type { App } from '@fettle/definition';
import type { Database, StoreTransaction } from '../../database/database.ts';
import { followRetention } from './control/follow-retention.ts';
import { followRelease } from './scheduler/follow-release.ts';
import { followSources } from './sources/follow-sources.ts';
import { followTriggers } from './triggers/follow-triggers.ts';
import type { CatalogOf } from '../../extensions/workspace-extensions.ts';
import { noticeTriggers } from './triggers/triggers.store.ts';

/** What an app's live release became. */
export interface LiveChange {
  readonly appId: string;
  /** Absent when the app is no longer published. */
  readonly release: { readonly id: string; readonly app: App } | undefined;
  readonly catalogOf: CatalogOf;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** On PostgreSQL other processes are to be told. */
  readonly kind: Database['kind'];
}

/** Makes what starts the flows of an app that of its live release, in the transaction that makes it live. */
export async function followLive(transaction: StoreTransaction, live: LiveChange): Promise<void> {
  await followTriggers(transaction, live);
  await followRetention(transaction, live);
  const isOtherSource = await followSources(transaction, live);
  if (isOtherSource && live.kind === 'postgres') await noticeTriggers(transaction);
  await followRelease(transaction, live);
}
