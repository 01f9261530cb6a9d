import type { Migration } from '../migrate.ts';

/** Apps with their drafts (documents and a log of commands), releases (frozen content) and members. */
export const apps: Migration = {
  name: '000002-apps',
  async up(transaction) {
    await transaction.schema.createTable('app', (table) => {
      table.string('id', 40).primary();
      table.string('workspace_id', 40).notNullable().references('workspace.id').onDelete('CASCADE');
      table.string('slug', 60).notNullable().unique();
      table.string('name', 100).notNullable();
      table.string('icon', 60);
      table.text('description').notNullable();
      /** Commands applied to the draft so far. */
      table.integer('revision').notNullable();
      table.string('draft_hash', 64).notNullable();
      table.string('live_release_id', 40);
      table.string('created_at', 30).notNullable();
      table.string('updated_at', 30).notNullable();
      table.string('updated_by', 300).notNullable();
      table.index(['workspace_id']);
    });
    await transaction.schema.createTable('draft_document', (table) => {
      table.string('app_id', 40).notNullable().references('app.id').onDelete('CASCADE');
      table.string('path', 200).notNullable();
      table.text('content').notNullable();
      table.primary(['app_id', 'path']);
    });
    await transaction.schema.createTable('draft_command', (table) => {
      table.string('app_id', 40).notNullable().references('app.id').onDelete('CASCADE');
      table.integer('revision').notNullable();
      table.string('by', 300).notNullable();
      table.string('at', 30).notNullable();
      table.text('command').notNullable();
      table.primary(['app_id', 'revision']);
    });
    /** One row per request, so that a repeated one answers what the first did. */
    await transaction.schema.createTable('draft_request', (table) => {
      table.string('app_id', 40).notNullable().references('app.id').onDelete('CASCADE');
      table.string('request_id', 80).notNullable();
      table.string('body_hash', 64).notNullable();
      table.integer('base_revision').notNullable();
      table.integer('first_revision').notNullable();
      table.integer('last_revision').notNullable();
      table.primary(['app_id', 'request_id']);
    });
    /** Frozen definitions by the SHA-256 of their canonical text. Never changed. */
    await transaction.schema.createTable('release_content', (table) => {
      table.string('hash', 64).primary();
      table.text('content').notNullable();
    });
    await transaction.schema.createTable('release', (table) => {
      table.string('id', 40).primary();
      table.string('app_id', 40).notNullable().references('app.id').onDelete('CASCADE');
      table.integer('number').notNullable();
      table.string('hash', 64).notNullable().references('release_content.hash');
      table.text('note').notNullable();
      table.integer('revision').notNullable();
      table.string('published_at', 30).notNullable();
      table.string('published_by', 300).notNullable();
      table.unique(['app_id', 'number']);
    });
    await transaction.schema.createTable('app_member', (table) => {
      table.string('app_id', 40).notNullable().references('app.id').onDelete('CASCADE');
      table.string('user_id', 40).notNullable().references('account.id').onDelete('CASCADE');
      table.text('roles').notNullable();
      table.primary(['app_id', 'user_id']);
    });
  },
};
