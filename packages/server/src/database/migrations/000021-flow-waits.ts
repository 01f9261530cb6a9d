import type { Migration } from '../migrate.ts';

/** What runs wait for, the order of their journals, and the drafts that trial runs are pinned to. Times are milliseconds since 1970. */
export const flowWaits: Migration = {
  name: '000021-flow-waits',
  async up(transaction) {
    await transaction.schema.createTable('flow_wait', (table) => {
      table.string('run_id', 40).notNullable().references('flow_run.id').onDelete('CASCADE');
      table.string('path', 1000).notNullable();
      table.string('app_id', 40).notNullable();
      table.string('step_name', 200).notNullable();
      /** `callback` or `approval`. */
      table.string('kind', 20).notNullable();
      /** Title, message, assignees and fields of an approval, as JSON. */
      table.text('request').notNullable();
      table.bigInteger('deadline');
      table.bigInteger('opened_at').notNullable();
      table.bigInteger('answered_at');
      table.text('answer');
      table.primary(['run_id', 'path']);
      table.index(['app_id', 'kind', 'answered_at']);
    });
    await transaction.schema.alterTable('flow_journal', (table) => {
      /** Rises in the order in which steps began, also within one millisecond. */
      table.bigInteger('position').notNullable().defaultTo(0);
    });
    /** A draft as it was when a trial run began: later edits do not change a run. */
    await transaction.schema.createTable('flow_draft', (table) => {
      table.string('app_id', 40).notNullable().references('app.id').onDelete('CASCADE');
      table.string('version', 60).notNullable();
      table.text('content').notNullable();
      table.bigInteger('created_at').notNullable();
      table.primary(['app_id', 'version']);
    });
  },
};
