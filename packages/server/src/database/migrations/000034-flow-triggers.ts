import type { Migration } from '../migrate.ts';

/** What the flows of live releases are started by, and starts that are owed. Times are milliseconds since 1970. */
export const flowTriggers: Migration = {
  name: '000034-flow-triggers',
  async up(transaction) {
    await transaction.schema.createTable('flow_trigger', (table) => {
      table.string('app_id', 40).notNullable().references('app.id').onDelete('CASCADE');
      table.string('flow_id', 60).notNullable();
      table.string('workspace_id', 40).notNullable();
      /** The live release that it stands in. */
      table.string('release_id', 40).notNullable();
      /** The trigger's type, such as `core/row-changed`. */
      table.string('type', 120).notNullable();
      table.string('data_source_id', 60);
      table.string('table_id', 260);
      /** The trigger's settings as JSON. */
      table.text('settings').notNullable();
      /** What the flow may read of the table, as JSON. */
      table.text('rights');
      table.primary(['app_id', 'flow_id']);
    });
    await transaction.schema.createTable('flow_outbox', (table) => {
      table.bigIncrements('seq');
      table.string('id', 40).notNullable().unique();
      /** `ready`: runs are to be started. `pending`: whether the write happened is not known yet. */
      table.string('state', 10).notNullable().defaultTo('ready');
      /** The starts, as JSON. */
      table.text('content').notNullable();
      /** Those of one write. */
      table.string('batch', 40);
      /** How to find out whether the write happened, as JSON. */
      table.text('evidence');
      /** When to find out. */
      table.bigInteger('check_at');
      table.index(['state', 'check_at']);
      table.index(['batch']);
    });
  },
};
