import type { Actor, Grant } from '@fettle/access';
import { createId, inputError, notFound, type Clock } from '@fettle/base';
import type { FlowAlert, FlowAlertSettings } from '@fettle/contract';
import type { Database, StoreAccess } from '../../../database/database.ts';
import { appIdOf, workspaceIdOf } from '../../../grants.ts';
import type { Audit } from '../../audit/audit.service.ts';
import * as store from './alerts.store.ts';

/** What people want to be told about the flows of an app. */
export interface FlowAlerts {
  list(grant: Grant): Promise<{ readonly alerts: FlowAlert[]; readonly hasMail: boolean }>;
  create(grant: Grant, actor: Actor, settings: FlowAlertSettings): Promise<string>;
  update(grant: Grant, actor: Actor, id: string, settings: FlowAlertSettings): Promise<void>;
  remove(grant: Grant, actor: Actor, id: string): Promise<void>;
}

/** Alerts of one app. */
const mostAlerts = 100;

/** Makes the service. */
export function createFlowAlerts({
  database,
  clock,
  audit,
  hasMail,
}: {
  readonly database: Database;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly hasMail: boolean;
}): FlowAlerts {
  const find = async (knex: StoreAccess, grant: Grant, id: string): Promise<store.AlertRow> => {
    const row = await store.findAlert(knex, appIdOf(grant), id);
    if (row !== undefined) return row;
    throw notFound({
      code: 'flow-alert.unknown',
      message: 'There is no such alert.',
      hint: 'It may have been removed.',
    });
  };
  const entryOf = (
    grant: Grant,
    actor: Actor,
    action: string,
    alert: { readonly id: string; readonly name: string },
  ) => ({
    actor,
    action,
    workspaceId: workspaceIdOf(grant),
    target: `${appIdOf(grant)} ${alert.id} ${alert.name}`,
  });
  return {
    async list(grant) {
      const rows = await store.listAlerts(database.knex, appIdOf(grant));
      const firing = await store.listFiring(
        database.knex,
        rows.map(({ id }) => id),
      );
      return { alerts: rows.map((row) => alertOf(row, firing)), hasMail };
    },
    create: (grant, actor, settings) =>
      database.transaction(async (transaction) => {
        if ((await store.listAlerts(transaction, appIdOf(grant))).length >= mostAlerts) throw tooMany();
        const id = createId('alt', 16);
        await store.insertAlert(transaction, { id, app_id: appIdOf(grant), ...columnsOf(settings, clock.now()) });
        await audit.record(entryOf(grant, actor, 'flow-alert.create', { id, name: settings.name }), transaction);
        return id;
      }),
    update: (grant, actor, id, settings) =>
      database.transaction(async (transaction) => {
        const row = await find(transaction, grant, id);
        await store.updateAlert(transaction, row.id, columnsOf(settings, clock.now()));
        // It may mean something else now: what held before is not what holds.
        await store.deleteFiring(transaction, row.id);
        await audit.record(entryOf(grant, actor, 'flow-alert.update', { id, name: settings.name }), transaction);
      }),
    remove: (grant, actor, id) =>
      database.transaction(async (transaction) => {
        const row = await find(transaction, grant, id);
        await store.deleteAlert(transaction, row.id);
        await audit.record(entryOf(grant, actor, 'flow-alert.remove', row), transaction);
      }),
  };
}

function columnsOf(settings: FlowAlertSettings, now: number): Omit<store.AlertRow, 'id' | 'app_id'> {
  const { name, kind, flow, count, minutes, isOn, emails, people, startFlow } = settings;
  if (emails.length === 0 && people.length === 0 && startFlow === null) throw nobody();
  return {
    name,
    kind,
    flow_id: flow,
    count,
    minutes,
    is_on: isOn,
    channels: JSON.stringify({ emails, people, startFlow } satisfies store.AlertChannels),
    created_at: now,
    looked_until: now,
    look_at: now,
    problem: null,
  };
}

function alertOf(row: store.AlertRow, firing: readonly store.FiringRow[]): FlowAlert {
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    flow: row.flow_id,
    count: row.count,
    minutes: row.minutes,
    isOn: row.is_on,
    ...(JSON.parse(row.channels) as store.AlertChannels),
    firing: firing
      .filter(({ alert_id }) => alert_id === row.id)
      .map(({ flow_id: flow, since, count, message }) => ({ flow, since, count, message })),
    problem: row.problem,
  };
}

const nobody = () =>
  inputError({
    code: 'flow-alert.nobody',
    message: 'Nobody would be told.',
    hint: 'Give e-mail addresses, people, or a flow that is started.',
  });

const tooMany = () =>
  inputError({
    code: 'flow-alert.too-many',
    message: `An app has ${mostAlerts} alerts at most.`,
    hint: 'Remove one, or let one watch every flow.',
  });
