import type { Migration } from '../migrate.ts';

/** Runs of flows and their journals. Times are milliseconds since 1970. */
export const flowRuns: Migration = {
  name: '000020-flow-runs',
  async up(transaction) {
    await transaction.schema.createTable('flow_run', (table) => {
      table.string('id', 40).primary();
      // That of the app, and gone with it. Referring to it as well is one more look-up for every start.
      table.string('workspace_id', 40).notNullable();
      table.string('app_id', 40).notNullable().references('app.id').onDelete('CASCADE');
      table.string('flow_id', 60).notNullable();
      /** A release's id, or `draft-<revision>`. */
      table.string('version', 60).notNullable();
      table.string('environment', 20).notNullable();
      table.string('state', 20).notNullable();
      table.text('trigger').notNullable();
      table.text('user');
      table.boolean('is_dry_run').notNullable();
      table.integer('depth').notNullable();
      table.string('parent_id', 40);
      table.string('parent_path', 1000);
      /** Of two triggers with the same key, the second starts nothing. */
      table.string('dedupe_key', 300);
      table.integer('priority').notNullable();
      table.string('concurrency_key', 300);
      table.integer('concurrency_limit');
      /** Rises with every claim: what writes with an older one is refused. */
      table.integer('fence').notNullable();
      table.string('claimed_by', 60);
      table.bigInteger('lease_until');
      table.bigInteger('wake_at');
      /** Woken while it was running: it must not go to sleep. */
      table.boolean('is_woken').notNullable();
      table.boolean('is_cancel_requested').notNullable();
      table.text('vars').notNullable();
      table.text('output');
      table.text('error');
      table.bigInteger('created_at').notNullable();
      table.bigInteger('started_at');
      table.bigInteger('finished_at');
      table.unique(['flow_id', 'environment', 'dedupe_key']);
      table.index(['state', 'wake_at']);
      table.index(['state', 'priority', 'created_at']);
      table.index(['app_id', 'flow_id', 'created_at']);
      table.index(['parent_id']);
      table.index(['concurrency_key', 'state']);
    });
    await transaction.schema.createTable('flow_journal', (table) => {
      table.string('run_id', 40).notNullable().references('flow_run.id').onDelete('CASCADE');
      table.string('path', 1000).notNullable();
      table.string('scope', 1000).notNullable();
      table.string('step_id', 60).notNullable();
      table.string('state', 20).notNullable();
      table.bigInteger('started_at').notNullable();
      /** The whole entry as JSON; large values stand in `flow_value`. */
      table.text('entry').notNullable();
      table.primary(['run_id', 'path']);
      table.index(['run_id', 'scope']);
    });
    /** Values too large to be read along with every list. */
    await transaction.schema.createTable('flow_value', (table) => {
      table.string('run_id', 40).notNullable().references('flow_run.id').onDelete('CASCADE');
      table.string('hash', 64).notNullable();
      table.text('value').notNullable();
      table.primary(['run_id', 'hash']);
    });
  },
};
