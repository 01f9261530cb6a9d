import type { Migration } from '../migrate.ts';

/** When the flows of live releases start by the clock. Times are milliseconds since 1970. */
export const flowSchedules: Migration = {
  name: '000030-flow-schedules',
  async up(transaction) {
    await transaction.schema.createTable('flow_schedule', (table) => {
      table.string('app_id', 40).notNullable().references('app.id').onDelete('CASCADE');
      table.string('flow_id', 60).notNullable();
      table.string('environment', 20).notNullable();
      /** The live release that it stands in. */
      table.string('release_id', 40).notNullable();
      /** The trigger's settings as JSON. Others begin anew; the same ones go on where they were. */
      table.text('settings').notNullable();
      /** Ticks up to here were made or passed over. */
      table.bigInteger('last_at').notNullable();
      /** The next tick; null when there is none any more. */
      table.bigInteger('next_at');
      /** Ticks that were missed and are beyond what is made up for, the last time that happened. */
      table.bigInteger('dropped_from');
      table.bigInteger('dropped_to');
      table.primary(['app_id', 'flow_id', 'environment']);
      table.index(['next_at']);
    });
    await transaction.schema.alterTable('app', (table) => {
      /** The release whose schedules stand in `flow_schedule`. Another than the live one: they are to be brought up to date. */
      table.string('scheduled_release_id', 40);
    });
  },
};
