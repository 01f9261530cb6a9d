import type { Migration } from '../migrate.ts';

/** How flows are operated: paused, limited by rate, trimmed, and what became of runs that failed for good. */
export const flowOperations: Migration = {
  name: '000042-flow-operations',
  async up(transaction) {
    await transaction.schema.createTable('flow_control', (table) => {
      table.string('app_id', 40).notNullable().references('app.id').onDelete('CASCADE');
      table.string('flow_id', 60).notNullable();
      table.string('environment', 20).notNullable();
      /** Milliseconds since 1970; null: not paused. */
      table.bigInteger('paused_at');
      /** Who paused it: their e-mail address, or the name of an API key. */
      table.string('paused_by', 320);
      table.string('pause_note', 500);
      /** Callers who hear of it are refused, not queued. */
      table.boolean('pause_refuses').notNullable();
      table.bigInteger('resumed_at');
      /** How long the flow's runs are kept by its live release, as JSON; null: as long as the installation keeps them. */
      table.string('retention', 300);
      table.primary(['app_id', 'flow_id', 'environment']);
      table.index(['resumed_at']);
    });
    await transaction.schema.alterTable('flow_run', (table) => {
      /** Runs with the same one share a limit of starts per period. */
      table.string('rate_key', 300);
      table.integer('rate_limit');
      table.bigInteger('rate_period_ms');
      /** The time in which the run has its place among those starts. */
      table.bigInteger('rate_at');
      /** What somebody did about a run that failed for good: `retried` or `discarded`; null: nothing yet. */
      table.string('settled', 20);
      table.string('settled_by', 320);
      table.bigInteger('settled_at');
    });
    for (const index of [
      `flow_run_rate on flow_run (rate_key, rate_at) where rate_key is not null`,
      `flow_run_held on flow_run (app_id, flow_id, environment) where state = 'held'`,
      `flow_run_failed_at on flow_run (app_id, finished_at) where state = 'failed'`,
      `flow_run_ended on flow_run (app_id, flow_id, environment, state, finished_at) where finished_at is not null`,
      `flow_run_trial on flow_run (app_id, version) where environment = 'development'`,
    ]) {
      await transaction.raw(`create index ${index}`);
    }
  },
};
