import type { Migration } from '../migrate.ts';

/** Secrets that flows name: tokens, passwords, signing keys. Sealed; their values never leave the server. */
export const storedSecrets: Migration = {
  name: '000023-stored-secrets',
  async up(transaction) {
    await transaction.schema.createTable('stored_secret', (table) => {
      table.string('workspace_id', 40).notNullable().references('workspace.id').onDelete('CASCADE');
      table.string('environment', 20).notNullable();
      table.string('name', 64).notNullable();
      table.text('sealed').notNullable();
      table.string('key_id', 40).notNullable().index();
      table.string('updated_at', 30).notNullable();
      table.string('updated_by', 300).notNullable();
      table.primary(['workspace_id', 'environment', 'name']);
    });
  },
};
