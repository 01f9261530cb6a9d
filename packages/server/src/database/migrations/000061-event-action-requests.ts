import type { Migration } from '../migrate.ts';

/** Presses whose event action was begun on the server, so that a request that comes twice does nothing twice. */
export const eventActionRequests: Migration = {
  name: '000061-event-action-requests',
  async up(transaction) {
    await transaction.schema.createTable('event_action_request', (table) => {
      table.string('app_id', 40).notNullable().references('app.id').onDelete('CASCADE');
      /** Id of the user or key; `visitor` for who is not signed in. */
      table.string('caller', 80).notNullable();
      table.string('request_id', 64).notNullable();
      /** Milliseconds since 1970. */
      table.bigInteger('created_at').notNullable();
      table.primary(['app_id', 'caller', 'request_id']);
      table.index(['created_at']);
    });
  },
};
