import type { Migration } from '../migrate.ts';

/**
 * Workers find runs that are due by their place in the queue or by when they wake: only runs that have not ended stand in
 * these indexes, so that each end of a run writes less, and a look reads no more than it takes. Runs without a key of
 * theirs stand in no index of keys.
 */
export const queueIndexes: Migration = {
  name: '000053-queue-indexes',
  async up(transaction) {
    await transaction.schema.alterTable('flow_run', (table) => {
      table.dropIndex(['state', 'wake_at']);
      table.dropIndex(['state', 'priority', 'created_at']);
      table.dropUnique(['flow_id', 'environment', 'dedupe_key']);
    });
    for (const index of [
      'index flow_run_open on flow_run (state, priority desc, created_at) where finished_at is null',
      'index flow_run_wake on flow_run (wake_at) where wake_at is not null',
      'unique index flow_run_dedupe on flow_run (flow_id, environment, dedupe_key) where dedupe_key is not null',
    ]) {
      await transaction.raw(`create ${index}`);
    }
  },
};
