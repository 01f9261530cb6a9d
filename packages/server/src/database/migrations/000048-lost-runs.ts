import type { Migration } from '../migrate.ts';

/** How many workers in a row lost a run before it got any further: a run that brings down whoever plays it must come to an end. */
export const lostRuns: Migration = {
  name: '000048-lost-runs',
  async up(transaction) {
    await transaction.schema.alterTable('flow_run', (table) => {
      table.integer('losses').notNullable().defaultTo(0);
    });
  },
};
