import { createId } from '@fettle/base';
import type { Migration } from '../migrate.ts';

/** Who may answer approvals, who did, and mail that is to be sent about it. Times are milliseconds since 1970. */
export const approvals: Migration = {
  name: '000039-approvals',
  async up(transaction) {
    await transaction.schema.alterTable('flow_wait', (table) => {
      /** Of approvals: what the inbox calls them. */
      table.string('id', 40).unique();
      /** Who answered, as JSON: a person, or the address a link was sent to. */
      table.text('answered_by');
      table.string('answered_by_user', 40);
      table.bigInteger('escalated_at');
    });
    await transaction.schema.createTable('flow_approver', (table) => {
      table.string('approval_id', 40).notNullable().references('flow_wait.id').onDelete('CASCADE');
      table.string('workspace_id', 40).notNullable();
      table.string('app_id', 40).notNullable();
      table.string('environment', 20).notNullable();
      /** `user`, `email` or `role`. */
      table.string('kind', 10).notNullable();
      table.string('value', 320).notNullable();
      /** False once nothing is asked of them any more. */
      table.boolean('is_open').notNullable();
      table.primary(['approval_id', 'kind', 'value']);
      table.index(['workspace_id', 'is_open', 'kind', 'value']);
    });
    /** Sent by whichever process comes first, and gone then. */
    await transaction.schema.createTable('notification_mail', (table) => {
      table.string('id', 40).primary();
      table.string('email', 320).notNullable();
      table.string('subject', 400).notNullable();
      table.text('text').notNullable();
      /** The step whose signed link is written below the text when it is sent. */
      table.string('run_id', 40).references('flow_run.id').onDelete('CASCADE');
      table.string('path', 1000);
      table.integer('attempts').notNullable();
      table.bigInteger('due_at').notNullable().index();
    });
    await nameOpenApprovals(transaction);
  },
};

/** Approvals that wait already get into the inbox of those whose addresses or ids they name. */
async function nameOpenApprovals(transaction: Parameters<Migration['up']>[0]): Promise<void> {
  const waits = (await transaction('flow_wait')
    .join('flow_run', 'flow_run.id', 'flow_wait.run_id')
    .where('flow_wait.kind', 'approval')
    .whereNull('flow_wait.answered_at')
    .select('flow_wait.*', 'flow_run.workspace_id', 'flow_run.environment')) as Record<string, string>[];
  for (const { run_id, path, app_id, workspace_id, environment, request } of waits) {
    const id = createId('apr', 20);
    await transaction('flow_wait').where({ run_id, path }).update({ id });
    const { assignees = [] } = JSON.parse(request ?? '{}') as { readonly assignees?: readonly string[] };
    const values = [...new Set(assignees.map((text) => text.toLowerCase().slice(0, 320)))];
    for (const value of values) {
      const kind = value.includes('@') ? 'email' : value.startsWith('usr_') ? 'user' : 'role';
      const place = { approval_id: id, workspace_id, app_id, environment };
      await transaction('flow_approver').insert({ ...place, kind, value, is_open: true });
    }
  }
}
