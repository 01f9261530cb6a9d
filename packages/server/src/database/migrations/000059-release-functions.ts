import type { Migration } from '../migrate.ts';

/** Functions of plugins as they were when a release was made, as JSON; null when its expressions call none. */
export const releaseFunctions: Migration = {
  name: '000059-release-functions',
  async up(transaction) {
    await transaction.schema.alterTable('release', (table) => {
      table.text('functions');
    });
  },
};
