import type { Migration } from '../migrate.ts';

/**
 * Templates that are being installed: what each has made so far. Whoever installs one holds it until `held_until`
 * (milliseconds since 1970); what nobody holds any more is taken back.
 */
export const templateInstalls: Migration = {
  name: '000058-template-installs',
  async up(transaction) {
    await transaction.schema.createTable('template_install', (table) => {
      table.string('id', 40).primary();
      table.string('workspace_id', 40).notNullable().references('workspace.id').onDelete('CASCADE');
      table.string('template', 60).notNullable();
      table.string('name', 100).notNullable();
      /** By which the person who asked for it finds it. */
      table.string('watch_key', 60);
      table.string('step', 20).notNullable();
      /** Whose rows are being stored. */
      table.string('environment', 20);
      /** Its workspace had no tables of its own before. */
      table.boolean('makes_source').notNullable();
      table.string('app_id', 40).notNullable();
      table.bigInteger('started_at').notNullable();
      /** Of whoever holds it: another one takes it over with another text. */
      table.string('holder', 40).notNullable();
      table.bigInteger('held_until').notNullable();
      table.index(['held_until']);
    });
    // A name is written down before its table is made, and no two installs can write down the same.
    await transaction.schema.createTable('template_install_table', (table) => {
      table.string('data_source_id', 40).notNullable();
      table.string('name', 128).notNullable();
      table.string('install_id', 40).notNullable().references('template_install.id').onDelete('CASCADE');
      /** Names of its columns as JSON: a table with others is somebody else's. */
      table.text('columns').notNullable();
      table.primary(['data_source_id', 'name']);
      table.index(['install_id']);
    });
  },
};
