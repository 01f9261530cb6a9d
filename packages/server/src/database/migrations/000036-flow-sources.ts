import type { Migration } from '../migrate.ts';

/** Triggers of live releases that the server keeps at work: polls, mailboxes, brokers. Times are milliseconds since 1970. */
export const flowSources: Migration = {
  name: '000036-flow-sources',
  async up(transaction) {
    await transaction.schema.createTable('flow_source', (table) => {
      table.string('id', 40).primary();
      table.string('app_id', 40).notNullable().references('app.id').onDelete('CASCADE');
      table.string('flow_id', 60).notNullable();
      table.string('workspace_id', 40).notNullable();
      /** The live release that it stands in. */
      table.string('release_id', 40).notNullable();
      table.string('type', 120).notNullable();
      /** The trigger's settings as JSON. When they change, whoever keeps it begins again. */
      table.text('settings').notNullable();
      /** Those that say what the cursor is a place in. When they change, the cursor is forgotten. */
      table.text('place').notNullable();
      /** Where it stands, as JSON; null: it begins now. */
      table.text('cursor');
      /** The same for people. */
      table.string('position', 400);
      /** Rises with every owner: one of before delivers nothing any more. */
      table.integer('fence').notNullable().defaultTo(0);
      table.string('owner', 60);
      table.bigInteger('lease_until').notNullable().defaultTo(0);
      table.string('state', 20).notNullable().defaultTo('waiting');
      table.bigInteger('state_at').notNullable();
      table.text('error');
      /** In a row. */
      table.integer('failures').notNullable().defaultTo(0);
      table.bigInteger('retry_at');
      /** How many it has delivered. */
      table.bigInteger('events').notNullable().defaultTo(0);
      table.bigInteger('last_event_at');
      table.unique(['app_id', 'flow_id']);
      table.index(['lease_until']);
      table.index(['owner']);
    });
  },
};
