import type { Migration } from '../migrate.ts';

/** Plugins of workspaces, the archives they came in, and what they keep. */
export const plugins: Migration = {
  name: '000046-plugins',
  async up(transaction) {
    await transaction.schema.createTable('plugin', (table) => {
      table.string('workspace_id', 40).notNullable().references('workspace.id').onDelete('CASCADE');
      table.string('id', 60).notNullable();
      table.string('version', 60).notNullable();
      table.string('integrity', 100).notNullable();
      table.text('manifest').notNullable();
      table.boolean('is_enabled').notNullable();
      table.string('signed_by', 60);
      table.string('source_kind', 20).notNullable();
      table.text('source_name').notNullable();
      table.string('installed_at', 30).notNullable();
      table.string('installed_by', 300).notNullable();
      table.string('updated_at', 30).notNullable();
      table.string('updated_by', 300).notNullable();
      table.primary(['workspace_id', 'id']);
    });
    // In the store and not in a folder: every server on it has them, and so has every backup.
    await transaction.schema.createTable('plugin_archive', (table) => {
      table.string('workspace_id', 40).notNullable().references('workspace.id').onDelete('CASCADE');
      table.string('integrity', 100).notNullable();
      table.string('source_kind', 20).notNullable();
      table.text('source_name').notNullable();
      table.binary('content').notNullable();
      table.string('created_at', 30).notNullable();
      table.primary(['workspace_id', 'integrity']);
    });
    await transaction.schema.createTable('plugin_value', (table) => {
      table.string('workspace_id', 40).notNullable().references('workspace.id').onDelete('CASCADE');
      table.string('plugin_id', 60).notNullable();
      table.string('key', 200).notNullable();
      table.text('value').notNullable();
      table.integer('size').notNullable();
      table.string('updated_at', 30).notNullable();
      table.primary(['workspace_id', 'plugin_id', 'key']);
    });
  },
};
