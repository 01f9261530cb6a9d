import { isJsonObject } from '@fettle/base';
import { flowRights, tableReference, type App, type ExtensionCatalog, type Flow } from '@fettle/definition';
import type { Database, StoreTransaction } from '../../../database/database.ts';
import { noticeTriggers, replaceTriggers, type TriggerRow } from './triggers.store.ts';
import { storedTriggers } from './trigger-types.ts';
import type { CatalogOf } from '../../../extensions/workspace-extensions.ts';

/** What an app's live release became, and where. */
export interface LiveTriggers {
  readonly appId: string;
  /** Absent when the app is no longer published. */
  readonly release: { readonly id: string; readonly app: App } | undefined;
  readonly catalogOf: CatalogOf;
  /** Other processes are to be told: on PostgreSQL. */
  readonly kind: Database['kind'];
}

/** Makes the triggers of an app those of its live release, in the transaction that makes it live. */
export async function followTriggers(transaction: StoreTransaction, live: LiveTriggers): Promise<void> {
  const { appId, release } = live;
  const app = (await transaction('app').where({ id: appId }).first('workspace_id')) as
    | { workspace_id: string }
    | undefined;
  const rows =
    release === undefined || app === undefined
      ? []
      : Object.values(release.app.flows).flatMap((flow) => {
          if (flow.disabled === true || !storedTriggers.has(flow.trigger.type)) return [];
          const place = { app_id: appId, workspace_id: app.workspace_id, release_id: release.id };
          return [{ ...place, ...triggerOf(release.app, flow, live.catalogOf(app.workspace_id)) }];
        });
  const isChanged = await replaceTriggers(transaction, appId, rows);
  if (isChanged && live.kind === 'postgres') await noticeTriggers(transaction);
}

function triggerOf(
  app: App,
  flow: Flow,
  catalog: ExtensionCatalog,
): Omit<TriggerRow, 'app_id' | 'workspace_id' | 'release_id'> {
  const { type, settings } = flow.trigger;
  const data = isJsonObject(settings['data']) ? settings['data'] : {};
  const { dataSource, table } = data;
  const named = typeof dataSource === 'string' && typeof table === 'string' ? { dataSource, table } : undefined;
  const right =
    named === undefined
      ? undefined
      : flowRights(app, flow, catalog).tables[tableReference(named.dataSource, named.table)];
  return {
    flow_id: flow.id,
    type,
    data_source_id: named?.dataSource ?? null,
    table_id: named?.table ?? null,
    settings: JSON.stringify(settings),
    rights: right === undefined ? null : JSON.stringify(right),
  };
}
