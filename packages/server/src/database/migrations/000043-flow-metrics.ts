import type { Migration } from '../migrate.ts';

/** How runs of flows ended and how long they took, counted per minute and per hour. */
export const flowMetrics: Migration = {
  name: '000043-flow-metrics',
  async up(transaction) {
    await transaction.schema.createTable('flow_metric', (table) => {
      table.string('app_id', 40).notNullable();
      table.string('flow_id', 60).notNullable();
      table.string('environment', 20).notNullable();
      /** `minute` or `hour`. */
      table.string('span', 10).notNullable();
      /** Where it begins, in milliseconds since 1970. */
      table.bigInteger('at').notNullable();
      /** The process that counted: each writes rows of its own, so that none waits for another. */
      table.string('writer', 40).notNullable();
      table.integer('succeeded').notNullable();
      table.integer('failed').notNullable();
      table.integer('cancelled').notNullable();
      /** Histograms as JSON: how many runs by step of their logarithmic scale. */
      table.text('durations').notNullable();
      table.text('delays').notNullable();
      table.primary(['app_id', 'span', 'at', 'flow_id', 'environment', 'writer']);
      table.index(['span', 'at']);
    });
  },
};
