import type { Migration } from '../migrate.ts';

/** People, workspaces, sessions, keys, the audit log and settings of the installation. Instants are ISO texts in UTC. */
export const accounts: Migration = {
  name: '000001-accounts',
  async up(transaction) {
    await transaction.schema.createTable('installation', (table) => {
      table.string('name', 60).primary();
      table.text('value').notNullable();
    });
    await transaction.schema.createTable('account', (table) => {
      table.string('id', 40).primary();
      table.string('email', 254).notNullable().unique();
      table.string('name', 100).notNullable();
      table.text('password_hash').notNullable();
      table.boolean('is_operator').notNullable();
      table.boolean('is_active').notNullable();
      table.string('created_at', 30).notNullable();
    });
    await transaction.schema.createTable('workspace', (table) => {
      table.string('id', 40).primary();
      table.string('name', 100).notNullable();
      table.string('slug', 80).notNullable().unique();
      table.string('created_at', 30).notNullable();
    });
    await transaction.schema.createTable('workspace_member', (table) => {
      table.string('workspace_id', 40).notNullable().references('workspace.id').onDelete('CASCADE');
      table.string('user_id', 40).notNullable().references('account.id').onDelete('CASCADE');
      table.string('role', 20).notNullable();
      table.string('added_at', 30).notNullable();
      table.primary(['workspace_id', 'user_id']);
      table.index(['user_id']);
    });
    await transaction.schema.createTable('session', (table) => {
      table.string('id', 60).primary();
      table.string('user_id', 40).notNullable().references('account.id').onDelete('CASCADE');
      table.string('refresh_hash', 64).notNullable();
      /** The token before this one: good for a moment more, for the second of two tabs. */
      table.string('previous_hash', 64);
      table.string('rotated_at', 30).notNullable();
      table.string('created_at', 30).notNullable();
      table.string('last_used_at', 30).notNullable();
      table.string('expires_at', 30).notNullable();
      table.string('revoked_at', 30);
      table.string('user_agent', 300).notNullable();
      table.string('address_hash', 64).notNullable();
      table.index(['user_id', 'address_hash']);
    });
    await transaction.schema.createTable('api_key', (table) => {
      table.string('id', 40).primary();
      table.string('workspace_id', 40).notNullable().references('workspace.id').onDelete('CASCADE');
      table.string('name', 100).notNullable();
      table.string('role', 20).notNullable();
      table.string('secret_hash', 64).notNullable().unique();
      table.string('created_by', 40).notNullable().references('account.id').onDelete('CASCADE');
      table.string('created_at', 30).notNullable();
      table.string('expires_at', 30);
      table.string('last_used_at', 30);
      table.index(['workspace_id']);
    });
    await transaction.schema.createTable('audit', (table) => {
      table.increments('id');
      table.string('workspace_id', 40);
      table.string('at', 30).notNullable();
      table.string('actor', 300).notNullable();
      table.string('action', 60).notNullable();
      table.string('target', 300).notNullable();
      table.string('outcome', 10).notNullable();
      table.text('details').notNullable();
      table.index(['workspace_id', 'id']);
    });
  },
};
