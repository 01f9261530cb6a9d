import type { Migration } from '../migrate.ts';

/**
 * Most runs have neither a parent nor a limit. Every run is written at its start and at its end, and pays at both for each
 * index that it stands in.
 */
export const leanRunIndexes: Migration = {
  name: '000049-lean-run-indexes',
  async up(transaction) {
    await transaction.schema.alterTable('flow_run', (table) => {
      table.dropIndex(['parent_id']);
      table.dropIndex(['concurrency_key', 'state']);
    });
    await transaction.raw('create index flow_run_parent on flow_run (parent_id) where parent_id is not null');
    await transaction.raw(
      'create index flow_run_concurrency on flow_run (concurrency_key, state) where concurrency_key is not null',
    );
  },
};
