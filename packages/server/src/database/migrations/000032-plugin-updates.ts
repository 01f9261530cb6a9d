import type { Migration } from '../migrate.ts';

/** What was found where plugins came from: a newer version, or why nobody could look. */
export const pluginUpdates: Migration = {
  name: '000032-plugin-updates',
  async up(transaction) {
    await transaction.schema.createTable('plugin_update', (table) => {
      table.string('workspace_id', 40).notNullable().references('workspace.id').onDelete('CASCADE');
      table.string('plugin_id', 60).notNullable();
      table.bigInteger('looked_at').notNullable();
      table.string('version', 60);
      table.string('mark', 300);
      table.text('problem');
      table.primary(['workspace_id', 'plugin_id']);
    });
  },
};
