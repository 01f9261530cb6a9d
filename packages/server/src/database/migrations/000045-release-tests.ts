import type { Migration } from '../migrate.ts';

/** What came of the tests of flows when a release was published, as JSON; null when the app had none. */
export const releaseTests: Migration = {
  name: '000045-release-tests',
  async up(transaction) {
    await transaction.schema.alterTable('release', (table) => {
      table.text('tests');
    });
  },
};
