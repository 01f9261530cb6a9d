import type { Migration } from '../migrate.ts';

/** Answers of flows to webhook requests that wait in another process. Kept for minutes. */
export const flowReplies: Migration = {
  name: '000031-flow-replies',
  async up(transaction) {
    await transaction.schema.createTable('flow_reply', (table) => {
      table.string('run_id', 40).primary().references('flow_run.id').onDelete('CASCADE');
      table.text('reply').notNullable();
      table.bigInteger('created_at').notNullable().index();
    });
  },
};
