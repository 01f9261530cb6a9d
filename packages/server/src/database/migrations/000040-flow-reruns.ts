import type { Migration } from '../migrate.ts';

/** Where runs come from, which run they repeat, and what their lists are read by. */
export const flowReruns: Migration = {
  name: '000040-flow-reruns',
  async up(transaction) {
    await transaction.schema.alterTable('flow_run', (table) => {
      /** What started it, such as `webhook` or `rerun`; null: it was started before this was noted. */
      table.string('origin', 20);
      /** The run that it repeats, the step it began with (null: the first one), and who wanted it. */
      table.string('rerun_of', 40);
      table.string('rerun_from', 1000);
      table.string('rerun_by', 320);
      table.index(['app_id', 'created_at', 'id']);
    });
    await transaction.schema.alterTable('flow_journal', (table) => {
      table.index(['run_id', 'position']);
    });
    // Most runs repeat none and do not fail: those cost nothing here.
    await transaction.raw('create index flow_run_reruns on flow_run (rerun_of) where rerun_of is not null');
    await transaction.raw(`create index flow_run_failed on flow_run (app_id, created_at, id) where state = 'failed'`);
  },
};
