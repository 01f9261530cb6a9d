import type { Migration } from '../migrate.ts';

/**
 * The bytes of attachment files, for installations on PostgreSQL: several servers have one database and may have no disk
 * in common. On SQLite they stay in the data folder, and this is empty.
 */
export const storedFileParts: Migration = {
  name: '000052-stored-file-parts',
  async up(transaction) {
    await transaction.schema.createTable('stored_file_part', (table) => {
      table.string('file_id', 60).notNullable().references('stored_file.id').onDelete('CASCADE');
      table.integer('position').notNullable();
      table.binary('content').notNullable();
      table.primary(['file_id', 'position']);
    });
  },
};
