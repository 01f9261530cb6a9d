import type { Migration } from '../migrate.ts';

/** Approvals ask others level by level: how many levels have been asked. */
export const escalationLevels: Migration = {
  name: '000056-escalation-levels',
  async up(transaction) {
    await transaction.schema.alterTable('flow_wait', (table) => {
      table.integer('escalation_level').notNullable().defaultTo(0);
    });
    await transaction('flow_wait').whereNotNull('escalated_at').update({ escalation_level: 1 });
  },
};
