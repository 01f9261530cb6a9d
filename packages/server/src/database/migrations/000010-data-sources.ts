import type { Migration } from '../migrate.ts';

/** Data sources with settings, sealed secrets and the structure last read, per environment. Instants are ISO texts. */
export const dataSources: Migration = {
  name: '000010-data-sources',
  async up(transaction) {
    await transaction.schema.createTable('secret_key', (table) => {
      table.string('id', 40).primary();
      /** A known text sealed with the key: shows at start whether the key is the right one. */
      table.text('check_value').notNullable();
      table.string('created_at', 30).notNullable();
    });
    await transaction.schema.createTable('data_source', (table) => {
      table.string('id', 40).primary();
      table.string('workspace_id', 40).notNullable().references('workspace.id').onDelete('CASCADE');
      table.string('name', 100).notNullable();
      table.string('connector', 100).notNullable();
      table.string('kind', 20).notNullable();
      /** Raised by every change of settings, secrets or structure. */
      table.integer('revision').notNullable();
      table.string('created_at', 30).notNullable();
      table.string('updated_at', 30).notNullable();
      table.index(['workspace_id']);
    });
    await transaction.schema.createTable('data_source_environment', (table) => {
      table.string('data_source_id', 40).notNullable().references('data_source.id').onDelete('CASCADE');
      table.string('environment', 20).notNullable();
      table.boolean('is_inherited').notNullable();
      table.text('settings').notNullable();
      table.primary(['data_source_id', 'environment']);
    });
    await transaction.schema.createTable('data_source_secret', (table) => {
      table.string('data_source_id', 40).notNullable().references('data_source.id').onDelete('CASCADE');
      table.string('environment', 20).notNullable();
      table.string('setting', 64).notNullable();
      table.text('sealed').notNullable();
      table.string('key_id', 40).notNullable();
      table.string('updated_at', 30).notNullable();
      table.primary(['data_source_id', 'environment', 'setting']);
      table.index(['key_id']);
    });
    await transaction.schema.createTable('data_source_schema', (table) => {
      table.string('data_source_id', 40).notNullable().references('data_source.id').onDelete('CASCADE');
      table.string('environment', 20).notNullable();
      table.text('content').notNullable();
      table.string('read_at', 30).notNullable();
      table.primary(['data_source_id', 'environment']);
    });
  },
};
