import { AppError, type Json } from '@fettle/base';
import type { RunError } from '@fettle/flow';
import type { SourceBatch } from '@fettle/sdk/server';
import type { Database, StoreTransaction } from '../../../database/database.ts';
import { keepStagedFiles } from '../../files/files.store.ts';
import type { FlowVersions } from '../flow-versions.ts';
import { keyInApp, largestTrigger, type RunStart, type RunStarter } from '../start-run.ts';
import { advanceSource, triggersOfKeys, type FlowSourceRow } from './sources.store.ts';

/** What delivering needs. */
export interface DeliverOptions {
  readonly database: Database;
  readonly now: () => number;
  readonly versions: Pick<FlowVersions, 'find'>;
  readonly starter: Pick<RunStarter, 'startAll'>;
}

/** The source has another owner, or is no more: what it brought was not stored. */
export class SourceLost extends AppError {
  constructor() {
    super('conflict', { code: 'flow.source-lost', message: 'Another process keeps this source.' });
  }
}

/** Another release went live in between: what the flow is has to be read anew. */
class ReleaseMoved extends Error {
  readonly releaseId: string;

  constructor(releaseId: string) {
    super(releaseId);
    this.releaseId = releaseId;
  }
}

/** A batch, and the files that its source wrote and that no stored run speaks of yet: of these, what is kept is taken out. */
export interface WrittenBatch extends SourceBatch {
  readonly written: Set<string>;
}

/** How often releases may go live while one batch is stored. */
const mostTries = 5;

/**
 * Stores the runs that a batch starts and moves the source's cursor, in one transaction: both or neither, and only while
 * the source is its owner's. Answers the release that the runs belong to.
 */
export async function deliver(
  options: DeliverOptions,
  source: Pick<FlowSourceRow, 'id' | 'fence' | 'app_id' | 'flow_id' | 'workspace_id' | 'release_id'>,
  batch: WrittenBatch,
): Promise<string> {
  let releaseId = source.release_id;
  for (let tries = 1; ; tries += 1) {
    try {
      await store(options, { ...source, release_id: releaseId }, batch);
      return releaseId;
    } catch (error) {
      if (!(error instanceof ReleaseMoved) || tries >= mostTries) throw error;
      releaseId = error.releaseId;
    }
  }
}

async function store(
  { database, now, versions, starter }: DeliverOptions,
  source: Pick<FlowSourceRow, 'id' | 'fence' | 'app_id' | 'flow_id' | 'workspace_id' | 'release_id'>,
  { events, cursor, position, written }: WrittenBatch,
): Promise<void> {
  // Read before the transaction: SQLite has one connection.
  const { flow, app } = await versions.find(source.app_id, source.release_id, source.flow_id);
  const starts = events.map(({ key, trigger }): RunStart => {
    const isTooLarge = JSON.stringify(trigger).length > largestTrigger;
    return {
      workspaceId: source.workspace_id,
      appId: source.app_id,
      version: source.release_id,
      environment: 'production',
      flow,
      functions: app.functions,
      origin: 'source',
      trigger: isTooLarge ? { key } : trigger,
      user: null,
      dedupeKey: `source ${key}`,
      // Refusing it would stop the source at it for good: the run is there to be seen, and has failed.
      ...(isTooLarge ? { refusal: tooLarge } : {}),
    };
  });
  const kept = await database.transaction(async (transaction) => {
    const releaseId = await advanceSource(
      transaction,
      { id: source.id, fence: source.fence, appId: source.app_id },
      { cursor: textOf(cursor), position, count: events.length, now: now() },
    );
    if (releaseId === undefined) throw new SourceLost();
    if (releaseId !== source.release_id) throw new ReleaseMoved(releaseId);
    if (starts.length > 0) await starter.startAll(transaction, starts);
    return keepFiles(transaction, source, { starts, written });
  });
  for (const id of kept) written.delete(id);
}

/** Keeps the files that stored runs speak of. Answers which. Throws when one of them is being taken away. */
async function keepFiles(
  transaction: StoreTransaction,
  source: Pick<FlowSourceRow, 'id' | 'app_id' | 'flow_id'>,
  { starts, written }: { readonly starts: readonly RunStart[]; readonly written: ReadonlySet<string> },
): Promise<readonly string[]> {
  if (written.size === 0) return [];
  const keys = starts.flatMap(({ dedupeKey }) => (dedupeKey === undefined ? [] : [keyInApp(source.app_id, dedupeKey)]));
  const texts = await triggersOfKeys(transaction, source.flow_id, keys);
  const spokenOf = [...written].filter((id) => texts.some((text) => text.includes(id)));
  if (spokenOf.length > 0 && (await keepStagedFiles(transaction, source.id, spokenOf)) !== spokenOf.length)
    throw new SourceLost();
  return spokenOf;
}

function textOf(cursor: Json | undefined): string | undefined {
  return cursor === undefined ? undefined : JSON.stringify(cursor);
}

const tooLarge: RunError = {
  code: 'flow.trigger-too-large',
  message: 'What starts the flow brings more data than a run can hold (5 MB).',
  hint: 'Let the trigger bring less: choose columns, or send where the data is instead of the data.',
};
