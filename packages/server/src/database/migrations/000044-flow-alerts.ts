import type { Migration } from '../migrate.ts';

/** What people want to be told about flows. Times are milliseconds since 1970. */
export const flowAlerts: Migration = {
  name: '000044-flow-alerts',
  async up(transaction) {
    await transaction.schema.createTable('flow_alert', (table) => {
      table.string('id', 40).primary();
      table.string('app_id', 40).notNullable().references('app.id').onDelete('CASCADE');
      table.string('name', 100).notNullable();
      table.string('kind', 20).notNullable();
      /** Null: every flow of the app. */
      table.string('flow_id', 60);
      table.integer('count').notNullable();
      table.integer('minutes').notNullable();
      /** Who is told and how, as JSON. */
      table.text('channels').notNullable();
      table.boolean('is_on').notNullable();
      table.bigInteger('created_at').notNullable();
      /** What ended until then has been looked at. */
      table.bigInteger('looked_until').notNullable();
      /** When to look again: whoever moves it looks. */
      table.bigInteger('look_at').notNullable();
      /** Why the last message could not be delivered. */
      table.string('problem', 500);
      table.index(['look_at']);
      table.index(['app_id']);
    });
    /** Flows about which an alert has been given that still holds. */
    await transaction.schema.createTable('flow_alert_firing', (table) => {
      table.string('alert_id', 40).notNullable().references('flow_alert.id').onDelete('CASCADE');
      table.string('flow_id', 60).notNullable();
      table.bigInteger('since').notNullable();
      /** When it was last so. */
      table.bigInteger('last_at').notNullable();
      table.integer('count').notNullable();
      table.string('message', 1000).notNullable();
      table.bigInteger('told_at').notNullable();
      table.primary(['alert_id', 'flow_id']);
    });
    /** E-mail that is to be sent: kept until a server has taken it. */
    await transaction.schema.createTable('flow_alert_mail', (table) => {
      table.string('id', 40).primary();
      table.string('alert_id', 40).notNullable().references('flow_alert.id').onDelete('CASCADE');
      table.text('content').notNullable();
      table.bigInteger('due_at').notNullable();
      table.integer('attempts').notNullable();
      table.index(['due_at']);
    });
  },
};
