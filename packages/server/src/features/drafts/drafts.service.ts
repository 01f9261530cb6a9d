import { createHash } from 'node:crypto';
import type { Grant } from '@fettle/access';
import { conflict, inputError, type AppError } from '@fettle/base';
import type { ExtensionCatalog } from '@fettle/definition';
import { applyCommand, parseCommand, rebase, type Command } from '@fettle/edit';
import type { StoreTransaction } from '../../database/database.ts';
import { appIdOf } from '../../grants.ts';
import { contentOf } from '../apps/app-content.ts';
import type { AppRow } from '../apps/apps.store.ts';
import { nameOfActor } from '../audit/audit.service.ts';
import type { Draft } from './draft-memory.ts';
import * as store from './drafts.store.ts';
import { assertSameBody, keepEdit, lockDraft, type DraftsOptions } from './keep-edit.ts';
import { replaceDraft, type ReplaceRequest, type ReplaceResult } from './replace-draft.ts';

/** Commands for a draft, made on top of `revision`. */
export interface EditRequest {
  readonly revision: number;
  /** The same id again answers the same result and applies nothing. */
  readonly requestId: string;
  readonly commands: readonly unknown[];
}

/** What came of an edit. */
export interface EditResult {
  readonly revision: number;
  /** Commands of others that came in between, in order. */
  readonly rebasedOver: Record<string, unknown>[];
}

/** A command of the past. */
export interface AppliedCommand {
  readonly revision: number;
  readonly by: string;
  readonly at: string;
  readonly command: Record<string, unknown>;
}

/** Drafts: what builders edit. */
export interface Drafts {
  /** The newest draft with the row it belongs to. */
  read(appId: string): Promise<{ readonly row: AppRow; readonly draft: Draft }>;
  edit(grant: Grant, request: EditRequest): Promise<EditResult>;
  /** Takes files in place of the draft: one edit, audited, and only when nobody has edited since. */
  replace(grant: Grant, request: ReplaceRequest): Promise<ReplaceResult>;
  history(grant: Grant, since: number): Promise<{ readonly revision: number; readonly commands: AppliedCommand[] }>;
}

/** How far behind an edit may be, in revisions, and still be compared with what came since. */
export const maxBehind = 2_000;

/** Makes the draft service. */
export function createDrafts(options: DraftsOptions): Drafts {
  const { database, memory } = options;
  return {
    read: (appId) =>
      database.transaction(async (transaction) => {
        const row = await lockDraft(transaction, appId);
        return { row, draft: await memory.load(transaction, row) };
      }),
    async edit(grant, request) {
      const commands = parseCommands(request.commands);
      const appId = appIdOf(grant);
      const by = nameOfActor(grant.actor);
      const { result, draft } = await database.transaction((transaction) =>
        edit(options, transaction, { ...request, commands, appId, by }),
      );
      // Only what the store has acknowledged is remembered.
      if (draft !== undefined) memory.remember(appId, draft);
      options.onChanged(appId);
      return result;
    },
    async replace(grant, request) {
      const { result, draft } = await database.transaction((transaction) =>
        replaceDraft(options, transaction, { ...request, grant }),
      );
      const appId = appIdOf(grant);
      if (draft !== undefined) memory.remember(appId, draft);
      options.onChanged(appId);
      return result;
    },
    async history(grant, since) {
      const appId = appIdOf(grant);
      const rows = await store.listCommands(database.knex, appId, { after: since, upTo: since + maxBehind });
      const last = rows.at(-1);
      return {
        revision: last?.revision ?? since,
        commands: rows.map((row) => ({
          revision: row.revision,
          by: row.by,
          at: row.at,
          command: JSON.parse(row.command) as Record<string, unknown>,
        })),
      };
    },
  };
}

function parseCommands(given: readonly unknown[]): readonly Command[] {
  return given.map((json, index) => {
    const parsed = parseCommand(json);
    if (parsed.ok) return parsed.value;
    throw inputError({
      code: 'command.invalid',
      message: `Command ${index + 1} is not valid: ${parsed.error[0]?.message ?? 'unknown'}`,
      hint: 'Compare it with the schemas of commands.',
      problems: parsed.error.map((problem) => ({ ...problem, path: `/commands/${index}${problem.path}` })),
    });
  });
}

interface CheckedEdit {
  readonly appId: string;
  readonly by: string;
  readonly revision: number;
  readonly requestId: string;
  readonly commands: readonly Command[];
}

async function edit(
  options: DraftsOptions,
  transaction: StoreTransaction,
  request: CheckedEdit,
): Promise<{ readonly result: EditResult; readonly draft: Draft | undefined }> {
  const { appId, commands, revision } = request;
  const row = await lockDraft(transaction, appId);
  const bodyHash = createHash('sha256')
    .update(JSON.stringify([revision, commands]))
    .digest('hex');
  const earlier = await store.findEditRequest(transaction, appId, request.requestId);
  if (earlier !== undefined) return { result: await repeat(transaction, earlier, bodyHash), draft: undefined };
  const since = await commandsSince(transaction, row, revision);
  const before = await options.memory.load(transaction, row);
  assertNothingOverlaps(options, request, since);
  const app = apply(options.catalogOf(row.workspace_id), before, request, since);
  const after: Draft = { ...contentOf(app), revision: row.revision + commands.length };
  await keepEdit(options, transaction, {
    row,
    before,
    after,
    commands,
    by: request.by,
    request: { requestId: request.requestId, bodyHash, baseRevision: revision },
  });
  return {
    result: { revision: after.revision, rebasedOver: since as unknown as Record<string, unknown>[] },
    draft: after,
  };
}

async function repeat(
  transaction: StoreTransaction,
  earlier: store.EditRequestRow,
  bodyHash: string,
): Promise<EditResult> {
  assertSameBody(earlier, bodyHash);
  const rows = await store.listCommands(transaction, earlier.app_id, {
    after: earlier.base_revision,
    upTo: earlier.first_revision,
  });
  return {
    revision: earlier.last_revision,
    rebasedOver: rows.map(({ command }) => JSON.parse(command) as Record<string, unknown>),
  };
}

async function commandsSince(
  transaction: StoreTransaction,
  row: AppRow,
  revision: number,
): Promise<readonly Command[]> {
  if (revision === row.revision) return [];
  if (revision > row.revision || row.revision - revision > maxBehind) {
    throw conflict({
      code: 'draft.revision-unknown',
      message: revision > row.revision ? 'The draft has no such revision.' : 'The draft has moved on too far.',
      hint: 'Load the draft again.',
      details: { revision: row.revision },
    });
  }
  const rows = await store.listCommands(transaction, row.id, { after: revision, upTo: row.revision });
  return rows.map(({ command }) => JSON.parse(command) as Command);
}

function assertNothingOverlaps({ memory }: DraftsOptions, request: CheckedEdit, since: readonly Command[]): void {
  if (since.length === 0) return;
  const app = memory.appAt(request.appId, request.revision);
  for (const command of request.commands) {
    const verdict = rebase(command, since, app);
    if (!verdict.clean) throw stale(request, since, { places: verdict.places });
  }
}

function apply(
  catalog: ExtensionCatalog,
  before: Draft,
  request: CheckedEdit,
  since: readonly Command[],
): Draft['app'] {
  let { app } = before;
  for (const command of request.commands) {
    const applied = applyCommand(app, command, { catalog });
    if (applied.ok) app = applied.value.app;
    // What it was about may have gone meanwhile: that is a conflict with others, not a mistake of the caller.
    else
      throw since.length > 0 ? stale(request, since, { reason: applied.error.message }, applied.error) : applied.error;
  }
  return app;
}

function stale(
  request: CheckedEdit,
  since: readonly Command[],
  details: Readonly<Record<string, unknown>>,
  cause?: unknown,
): AppError {
  return conflict({
    code: 'draft.stale',
    message: 'Somebody changed the same place meanwhile.',
    hint: 'Take their changes over and make yours again.',
    details: { ...details, revision: request.revision + since.length, commands: since },
    cause,
  });
}
