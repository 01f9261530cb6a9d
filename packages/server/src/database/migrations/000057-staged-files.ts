import type { Migration } from '../migrate.ts';

/**
 * Files that a source wrote for a run that is not stored yet: they are its own until then, and go with what was not
 * delivered. Null for all others.
 */
export const stagedFiles: Migration = {
  name: '000057-staged-files',
  async up(transaction) {
    await transaction.schema.alterTable('stored_file', (table) => {
      table.string('staged_for', 40);
    });
    await transaction.raw('create index stored_file_staged on stored_file (staged_for) where staged_for is not null');
  },
};
