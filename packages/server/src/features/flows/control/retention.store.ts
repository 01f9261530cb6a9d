import type { Knex } from 'knex';
import type { Flow } from '@fettle/definition';

/** How long the runs of a flow are kept. */
export interface RetentionRule {
  readonly appId: string;
  readonly flowId: string;
  readonly retention: NonNullable<Flow['retention']>;
}

/** Makes these the rules of an app's flows; those of other flows go. */
export async function saveRetention(
  knex: Knex,
  appId: string,
  rules: readonly { readonly flow_id: string; readonly retention: string }[],
): Promise<void> {
  await knex('flow_control')
    .where({ app_id: appId, environment: 'production' })
    .whereNotNull('retention')
    .update({ retention: null });
  for (let at = 0; at < rules.length; at += 100) {
    await knex('flow_control')
      .insert(
        rules
          .slice(at, at + 100)
          .map((rule) => ({ ...rule, app_id: appId, environment: 'production', pause_refuses: false })),
      )
      .onConflict(['app_id', 'flow_id', 'environment'])
      .merge(['retention']);
  }
}

/** Every rule there is. */
export async function listRetention(knex: Knex): Promise<readonly RetentionRule[]> {
  const rows = (await knex('flow_control').whereNotNull('retention').select('app_id', 'flow_id', 'retention')) as {
    app_id: string;
    flow_id: string;
    retention: string;
  }[];
  return rows.map(({ app_id: appId, flow_id: flowId, retention }) => ({
    appId,
    flowId,
    retention: JSON.parse(retention) as RetentionRule['retention'],
  }));
}
