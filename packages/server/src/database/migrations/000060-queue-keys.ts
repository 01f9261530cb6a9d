import type { Migration } from '../migrate.ts';

/** Workers look past concurrency keys without room: from key to key, and at what has none, without reading their runs. */
export const queueKeys: Migration = {
  name: '000060-queue-keys',
  async up(transaction) {
    for (const index of [
      `flow_run_queued_key on flow_run (concurrency_key, priority desc, created_at)
        where state = 'queued' and concurrency_key is not null`,
      `flow_run_queued_free on flow_run (priority desc, created_at) where state = 'queued' and concurrency_key is null`,
    ]) {
      await transaction.raw(`create index ${index}`);
    }
  },
};
