import type { Migration } from '../migrate.ts';

/** What people are told in Fettle, one row each. Times are milliseconds since 1970. */
export const notifications: Migration = {
  name: '000038-notifications',
  async up(transaction) {
    await transaction.schema.createTable('notification', (table) => {
      table.string('id', 40).primary();
      table.string('workspace_id', 40).notNullable().references('workspace.id').onDelete('CASCADE');
      table.string('user_id', 40).notNullable().references('account.id').onDelete('CASCADE');
      /** The app that tells it. */
      table.string('app_id', 40).references('app.id').onDelete('CASCADE');
      table.string('environment', 20);
      table.string('kind', 20).notNullable();
      table.string('title', 300).notNullable();
      table.text('body');
      /** A path of the app, or a web address. */
      table.string('link', 2000);
      /** The approval it is about. */
      table.string('approval_id', 40);
      table.bigInteger('created_at').notNullable();
      table.bigInteger('read_at');
      /** Of two with the same key, a person gets the first. */
      table.string('dedupe_key', 300);
      table.unique(['user_id', 'dedupe_key']);
      table.index(['user_id', 'workspace_id', 'created_at']);
      table.index(['approval_id']);
      table.index(['created_at']);
    });
  },
};
