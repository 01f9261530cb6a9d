import { createHash } from 'node:crypto';
import type { Grant } from '@fettle/access';
import { conflict } from '@fettle/base';
import { compareApps, type AppDifference, type AppFiles } from '@fettle/definition';
import { applyCommand, differenceOf } from '@fettle/edit';
import type { StoreTransaction } from '../../database/database.ts';
import { appIdOf } from '../../grants.ts';
import { contentOf, hashOf, loadGiven } from '../apps/app-content.ts';
import { nameOfActor } from '../audit/audit.service.ts';
import type { Draft } from './draft-memory.ts';
import { findEditRequest } from './drafts.store.ts';
import { assertSameBody, keepEdit, lockDraft, type DraftsOptions } from './keep-edit.ts';

/** Files that are to take the place of the draft at `revision`. */
export interface ReplaceRequest {
  readonly revision: number;
  readonly requestId: string;
  readonly files: AppFiles;
}

/** What came of a replacement. */
export interface ReplaceResult {
  readonly revision: number;
  readonly changes: AppDifference[];
  readonly inverse?: Record<string, unknown>;
}

/**
 * Takes files in place of a draft. What differs becomes one command, so that it stands in the history, reaches open
 * builders and can be undone like any edit. Nothing is merged: whoever sends whole files has seen what they replace.
 */
export async function replaceDraft(
  options: DraftsOptions,
  transaction: StoreTransaction,
  request: ReplaceRequest & { readonly grant: Grant },
): Promise<{ readonly result: ReplaceResult; readonly draft: Draft | undefined }> {
  const { catalogOf, memory } = options;
  const { grant, revision, requestId, files } = request;
  const row = await lockDraft(transaction, appIdOf(grant));
  const bodyHash = createHash('sha256')
    .update(JSON.stringify([revision, hashOf(files)]))
    .digest('hex');
  const earlier = await findEditRequest(transaction, row.id, requestId);
  if (earlier !== undefined) {
    assertSameBody(earlier, bodyHash);
    return { result: { revision: earlier.last_revision, changes: [] }, draft: undefined };
  }
  if (revision !== row.revision) {
    throw conflict({
      code: 'draft.moved',
      message: `The draft is at revision ${row.revision}, not ${revision}: somebody has edited it since.`,
      hint: 'Take the changes of others over first.',
      details: { revision: row.revision },
    });
  }
  const before = await memory.load(transaction, row);
  const catalog = catalogOf(row.workspace_id);
  const given = loadGiven(files, catalog);
  const command = differenceOf(before.app, given);
  if (command === undefined) return { result: { revision, changes: [] }, draft: undefined };
  const applied = applyCommand(before.app, command, { catalog });
  if (!applied.ok) throw applied.error;
  const after: Draft = { ...contentOf(applied.value.app), revision: row.revision + 1 };
  const by = nameOfActor(grant.actor);
  await keepEdit(options, transaction, {
    row,
    before,
    after,
    commands: [command],
    by,
    request: { requestId, bodyHash, baseRevision: revision },
  });
  const changes = compareApps(before.app, after.app);
  await options.audit.record(
    {
      actor: grant.actor,
      action: 'draft.replace',
      workspaceId: row.workspace_id,
      target: row.id,
      details: {
        from: revision,
        revision: after.revision,
        changes: changes.length,
        access: changes.filter(({ subject }) => subject === 'access').map(({ name }) => name),
      },
    },
    transaction,
  );
  return {
    result: { revision: after.revision, changes, inverse: applied.value.inverse as unknown as Record<string, unknown> },
    draft: after,
  };
}
