import { canonicalJson, createId, type Json } from '@fettle/base';
import type { App, ExtensionCatalog, Flow } from '@fettle/definition';
import type { StoreTransaction } from '../../../database/database.ts';
import type { CatalogOf } from '../../../extensions/workspace-extensions.ts';
import { deleteSources, insertSources, lockSourcesOf, updateSource, type FlowSourceRow } from './sources.store.ts';

/** What an app's live release became. */
export interface LiveSources {
  readonly appId: string;
  /** Absent when the app is no longer published. */
  readonly release: { readonly id: string; readonly app: App } | undefined;
  readonly catalogOf: CatalogOf;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * Makes the sources of an app those of its live release, in the transaction that makes it live. One whose settings stay
 * is not even interrupted; one with others goes on where it was, unless they say that it is about something else.
 * Answers whether any is to begin or to end.
 */
export async function followSources(transaction: StoreTransaction, live: LiveSources): Promise<boolean> {
  const { appId, release, catalogOf, now } = live;
  const left = new Map((await lockSourcesOf(transaction, appId)).map((row) => [row.flow_id, row]));
  const app = (await transaction('app').where({ id: appId }).first('workspace_id')) as
    | { workspace_id: string }
    | undefined;
  let isChanged = false;
  const fresh: FlowSourceRow[] = [];
  for (const flow of release === undefined || app === undefined ? [] : Object.values(release.app.flows)) {
    if (release === undefined || app === undefined) continue;
    const wanted = wantedOf(flow, catalogOf(app.workspace_id));
    const known = left.get(flow.id);
    if (wanted === undefined) {
      // A plugin that is turned off may come back: its source goes on where it was.
      const isKept = known !== undefined && known.type === flow.trigger.type && flow.disabled !== true;
      if (!isKept || catalogOf(app.workspace_id).flowTrigger?.(known.type) !== undefined) continue;
      left.delete(flow.id);
      await updateSource(transaction, known.id, { release_id: release.id });
      continue;
    }
    left.delete(flow.id);
    if (known === undefined) {
      const facts = { ...wanted, app_id: appId, flow_id: flow.id, workspace_id: app.workspace_id };
      fresh.push({ ...unkept, ...facts, id: createId('fso', 20), release_id: release.id, state_at: now });
      continue;
    }
    const isSame = known.type === wanted.type && known.settings === wanted.settings;
    const isSamePlace = known.type === wanted.type && known.place === wanted.place;
    if (!isSame) isChanged = true;
    await updateSource(transaction, known.id, {
      ...wanted,
      release_id: release.id,
      ...(isSame ? {} : { ...unheld, fence: known.fence + 1, state_at: now }),
      ...(isSamePlace ? {} : { cursor: null, position: null }),
    });
  }
  await insertSources(transaction, fresh);
  await deleteSources(
    transaction,
    Array.from(left.values(), ({ id }) => id),
  );
  return isChanged || fresh.length > 0 || left.size > 0;
}

function wantedOf(
  flow: Flow,
  catalog: ExtensionCatalog,
): Pick<FlowSourceRow, 'type' | 'settings' | 'place'> | undefined {
  const { type, settings } = flow.trigger;
  const keeps = catalog.flowTrigger?.(type)?.keeps;
  if (keeps === undefined || flow.disabled === true) return undefined;
  const place = keeps.cursor.map((name) => settings[name] ?? null);
  return { type, settings: canonicalJson(settings as Json), place: canonicalJson(place as Json) };
}

/** Whoever looks next takes it, at once. */
const unheld = { owner: null, lease_until: 0, state: 'waiting', error: null, failures: 0, retry_at: null } as const;
const unkept = { ...unheld, fence: 0, cursor: null, position: null, events: 0, last_event_at: null } as const;
