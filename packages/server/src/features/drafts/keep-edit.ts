import { conflict, notFound, type Clock } from '@fettle/base';
import type { Command } from '@fettle/edit';
import type { Database, StoreTransaction } from '../../database/database.ts';
import type { CatalogOf } from '../../extensions/workspace-extensions.ts';
import { lockApp, updateApp, type AppRow } from '../apps/apps.store.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { Draft, DraftMemory } from './draft-memory.ts';
import * as store from './drafts.store.ts';

/** What the draft service needs. */
export interface DraftsOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly catalogOf: CatalogOf;
  readonly memory: DraftMemory;
  readonly audit: Audit;
  readonly onChanged: (appId: string) => void;
}

/** Locks the app for an edit. */
export async function lockDraft(transaction: StoreTransaction, appId: string): Promise<AppRow> {
  const row = await lockApp(transaction, appId);
  if (row === undefined) throw notFound({ code: 'not-found', message: 'This app is gone.' });
  return row;
}

/** An edit that was applied and is to be stored. */
interface AppliedEdit {
  readonly row: AppRow;
  readonly before: Draft;
  readonly after: Draft;
  readonly commands: readonly Command[];
  readonly by: string;
  readonly request: { readonly requestId: string; readonly bodyHash: string; readonly baseRevision: number };
}

/** Stores an edit: documents, commands, the request and what lists of apps show. */
export async function keepEdit(
  { clock }: Pick<DraftsOptions, 'clock'>,
  transaction: StoreTransaction,
  { row, before, after, commands, by, request }: AppliedEdit,
): Promise<void> {
  const at = new Date(clock.now()).toISOString();
  await store.writeDocuments(transaction, row.id, { before: before.files, after: after.files });
  await store.insertCommands(
    transaction,
    commands.map((command, index) => ({
      app_id: row.id,
      revision: row.revision + 1 + index,
      by,
      at,
      command: JSON.stringify(command),
    })),
  );
  await store.insertEditRequest(transaction, {
    app_id: row.id,
    request_id: request.requestId,
    body_hash: request.bodyHash,
    base_revision: request.baseRevision,
    first_revision: row.revision,
    last_revision: after.revision,
  });
  await updateApp(transaction, row.id, {
    ...factsOf(after),
    revision: after.revision,
    updated_at: at,
    updated_by: by,
  });
}

/** What lists of apps show, taken from the draft. */
export function factsOf({
  app,
  hash,
}: Pick<Draft, 'app' | 'hash'>): Pick<AppRow, 'name' | 'icon' | 'description' | 'draft_hash'> {
  return { name: app.app.name, icon: app.app.icon ?? null, description: app.app.description ?? '', draft_hash: hash };
}

/** A request id stands for one body. */
export function assertSameBody(earlier: store.EditRequestRow, bodyHash: string): void {
  if (earlier.body_hash === bodyHash) return;
  throw conflict({
    code: 'draft.request-reused',
    message: 'This request id was used for something else.',
    hint: 'Make a new id for every request.',
  });
}
