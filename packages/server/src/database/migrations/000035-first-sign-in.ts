import type { Migration } from '../migrate.ts';

/** When people signed in for the first time, as an ISO text in UTC: flows can be started by it, once. */
export const firstSignIn: Migration = {
  name: '000035-first-sign-in',
  async up(transaction) {
    await transaction.schema.alterTable('account', (table) => {
      table.string('first_sign_in_at', 30);
    });
    // Whoever has been here before does not come for the first time any more; when exactly is not known.
    await transaction('account')
      .whereIn('id', transaction('session').select('user_id'))
      .update({ first_sign_in_at: transaction.ref('created_at') });
  },
};
