import type { Migration } from '../migrate.ts';

/** Attachment files: what is known of each; their bytes are in the data folder. */
export const files: Migration = {
  name: '000011-files',
  async up(transaction) {
    await transaction.schema.createTable('stored_file', (table) => {
      table.string('id', 60).primary();
      table.string('workspace_id', 40).notNullable().references('workspace.id').onDelete('CASCADE');
      table.string('app_id', 40).notNullable();
      table.string('environment', 20).notNullable();
      table.string('name', 255).notNullable();
      table.string('type', 100).notNullable();
      table.integer('size').notNullable();
      table.string('sha256', 64).notNullable();
      table.string('created_at', 30).notNullable();
      table.string('created_by', 300).notNullable();
      table.index(['workspace_id', 'app_id']);
    });
  },
};
