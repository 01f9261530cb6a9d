import type { Migration } from '../migrate.ts';

/** Whose components run in apps: the archive that an admin trusts, which another version is not. */
export const pluginTrust: Migration = {
  name: '000047-plugin-trust',
  async up(transaction) {
    await transaction.schema.alterTable('plugin', (table) => {
      table.string('trusted_integrity', 100);
      table.string('trusted_at', 30);
      table.string('trusted_by', 300);
    });
  },
};
