import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError, conflict, createId, notFound } from '@fettle/base';
import { routes, type AppChange } from '@fettle/contract';
import { compareApps } from '@fettle/definition';
import type { CommandContext, CommandResult } from '../command/command.ts';
import { describeChanges } from './describe-changes.ts';
import { writeAppFiles, writeWhole } from './folder/app-folder.ts';
import { changedPaths, hashFiles, writeState } from './folder/app-state.ts';
import { loadFolder } from './folder/load-folder.ts';
import { stateOf } from './pull.ts';
import { readDraft, type RemoteDraft } from './remote-app.ts';
import { findTarget, type TargetApp, type TargetOptions } from './target-app.ts';

/** Options of `fettle app push`. */
interface PushOptions extends TargetOptions {
  readonly force: boolean;
  readonly undo: boolean;
  readonly 'dry-run': boolean;
}

const undoFile = (folder: string): string => join(folder, '.fettle', 'undo.json');

/** Replaces a draft by the files of a folder. */
export async function pushApp(context: CommandContext, options: PushOptions): Promise<CommandResult> {
  const target = await findTarget(context, options);
  if (options.undo) return undoPush(target);
  const { client, folder, info } = target;
  const local = await loadFolder(folder);
  const draft = await readDraft(client, info.id);
  if (!options.force) await assertSeen(target, draft);
  if (options['dry-run']) {
    const changes = compareApps(draft.app, local.app);
    return {
      data: { app: info.slug, revision: draft.revision, changes, isDryRun: true },
      text: `Would change in ${info.name}:\n${describeChanges(changes, 'text')}`,
    };
  }
  context.output.progress(`Sending ${info.name} …`);
  const { revision, changes, inverse } = await client
    .call(routes.apps.replaceDraft, {
      params: { appId: info.id },
      body: { revision: draft.revision, requestId: createId('req'), files: { ...local.canonical } },
    })
    .catch((error: unknown) => {
      // Somebody edited between the look and the push.
      throw error instanceof AppError && error.code === 'draft.moved' ? unseen(info.name, [], draft.revision) : error;
    });
  const laidOut = await writeAppFiles(folder, local.canonical);
  await writeState(folder, stateOf(target, { revision, files: local.canonical }));
  if (inverse !== undefined) await writeWhole(undoFile(folder), JSON.stringify({ appId: info.id, revision, inverse }));
  return {
    data: { app: info.slug, revision, changes, laidOut },
    text: pushText(info.name, revision, changes, laidOut),
  };
}

function pushText(name: string, revision: number, changes: readonly AppChange[], laidOut: readonly string[]): string {
  if (changes.length === 0) return `${name} is as it is here already, at revision ${revision}.`;
  const note = laidOut.length === 0 ? '' : `\nLaid out anew: ${laidOut.join(', ')}.`;
  return `${name} is at revision ${revision}.\n${describeChanges(changes, 'text')}${note}`;
}

/** Refuses when the draft holds edits that nobody has seen here. */
async function assertSeen({ client, info, state }: TargetApp, draft: RemoteDraft): Promise<void> {
  if (state === undefined) {
    throw conflict({
      code: 'app.never-pulled',
      message: `The draft of ${info.name} was never pulled into this folder: what it holds is not known here.`,
      hint: 'See what differs with fettle app diff --app, then pull, or push with --force.',
      details: { revision: draft.revision },
    });
  }
  if (state.revision === draft.revision) return;
  // Edits that were undone again leave nothing to be seen.
  if (changedPaths(state.files, hashFiles(draft.files)).length === 0) return;
  const history = await client
    .call(routes.apps.history, { params: { appId: info.id }, query: { since: state.revision } })
    .catch(() => ({ commands: [] }));
  throw unseen(info.name, [...new Set(history.commands.map(({ by }) => by))], draft.revision);
}

function unseen(name: string, people: readonly string[], revision: number): AppError {
  return conflict({
    code: 'app.unseen-changes',
    message: `${name} was edited since the last pull${people.length === 0 ? '' : ` by ${people.join(', ')}`}. Nothing was sent.`,
    hint: 'See it with fettle app diff; take it over with fettle app pull (commit first), or overwrite it with --force.',
    details: { people, revision },
  });
}

async function undoPush({ client, folder, info, url, workspace }: TargetApp): Promise<CommandResult> {
  const text = await readFile(undoFile(folder), 'utf8').catch(() => undefined);
  const last =
    text === undefined
      ? undefined
      : (JSON.parse(text) as { appId: string; revision: number; inverse: Record<string, unknown> });
  if (last === undefined || last.appId !== info.id) {
    throw notFound({ code: 'push.none', message: 'Nothing was pushed from here that could be taken back.' });
  }
  await client.call(routes.apps.edit, {
    params: { appId: info.id },
    body: { revision: last.revision, requestId: createId('req'), commands: [last.inverse] },
  });
  await rm(undoFile(folder));
  const draft = await readDraft(client, info.id);
  await writeState(folder, stateOf({ info, url, workspace }, draft));
  return {
    data: { app: info.slug, revision: draft.revision },
    text: `The last push was taken back: ${info.name} is at revision ${draft.revision}. Your files are as they were; fettle app diff shows the difference.`,
  };
}
