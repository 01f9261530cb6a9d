import type { Grant } from '@fettle/access';
import { conflict, createId, inputError, notFound, type Clock } from '@fettle/base';
import type { AppChange, ReleaseInfo } from '@fettle/contract';
import {
  checkApp,
  compareApps,
  compileApp,
  describeNewApp,
  withFunctions,
  type App,
  type AppProblem,
  type ExtensionCatalog,
} from '@fettle/definition';
import type { Database, StoreAccess, StoreTransaction } from '../../database/database.ts';
import { appIdOf } from '../../grants.ts';
import { loadFrozen, textOf } from '../apps/app-content.ts';
import { toReleaseInfo } from '../apps/apps.service.ts';
import { findApp, lockApp, updateApp, type AppRow } from '../apps/apps.store.ts';
import { checkSchedules } from '../flows/scheduler/check-schedules.ts';
import type { Happenings } from '../flows/triggers/happenings.ts';
import { causeOf, whoOf } from '../flows/triggers/who.ts';
import { checkTriggers } from '../flows/triggers/check-triggers.ts';
import { nameOfActor, type Audit } from '../audit/audit.service.ts';
import type { DraftMemory } from '../drafts/draft-memory.ts';
import type { Drafts } from '../drafts/drafts.service.ts';
import { testBeforeRelease, type ReleaseTests, type RunTests } from './release-tests.ts';
import * as store from './releases.store.ts';
import type { CatalogOf } from '../../extensions/workspace-extensions.ts';

/** Releases: frozen drafts, one of which is live. */
export interface Releases {
  list(grant: Grant): Promise<ReleaseInfo[]>;
  /** Freezes the draft at this very revision and makes it live, both or neither. */
  publish(grant: Grant, request: PublishRequest): Promise<ReleaseInfo>;
  deploy(grant: Grant, releaseId: string): Promise<ReleaseInfo>;
  unpublish(grant: Grant): Promise<void>;
  compare(grant: Grant, from: string, to: string): Promise<AppChange[]>;
  /** The draft against the live release. */
  pendingChanges(grant: Grant): Promise<{ readonly revision: number; readonly changes: AppChange[] }>;
  problems(grant: Grant): Promise<{ readonly revision: number; readonly problems: readonly AppProblem[] }>;
}

/** What is to be published. */
export interface PublishRequest {
  readonly revision: number;
  readonly note?: string;
  /** Also when tests of flows fail. */
  readonly despiteTests?: boolean;
}

/** What the release service needs. */
export interface ReleasesOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly catalogOf: CatalogOf;
  readonly drafts: Drafts;
  readonly memory: DraftMemory;
  readonly happenings: Happenings;
  readonly runTests: RunTests;
  readonly onChanged: (appId: string) => void;
  /** Another release is live, or none: what belongs to it changes in the same transaction. */
  readonly onLive: (transaction: StoreTransaction, appId: string, release: LiveDefinition | undefined) => Promise<void>;
}

/** A release with what it says. */
export interface LiveDefinition {
  readonly id: string;
  readonly app: App;
}

/** Makes the release service. */
export function createReleases(options: ReleasesOptions): Releases {
  const { database, catalogOf, drafts } = options;
  const loadRelease = async (knex: StoreAccess, appId: string, id: string): Promise<App> => {
    const row = await store.findRelease(knex, appId, id);
    const release = row === undefined ? undefined : await store.readReleaseFiles(knex, row.id);
    if (release === undefined) throw unknownRelease();
    return loadFrozen(release, catalogOf(release.workspaceId), `Release ${id}`);
  };
  return {
    async list(grant) {
      const appId = appIdOf(grant);
      const app = await findApp(database.knex, { id: appId });
      const rows = await store.listReleases(database.knex, appId);
      return rows.map((row) => toReleaseInfo(row, app?.live_release_id ?? null));
    },
    async publish(grant, request) {
      const tests = await testDraft(options, grant, request);
      const info = await database.transaction((transaction) =>
        publish(options, transaction, { ...request, grant, tests }),
      );
      options.onChanged(appIdOf(grant));
      return info;
    },
    async deploy(grant, releaseId) {
      const appId = appIdOf(grant);
      const info = await database.transaction(async (transaction) => {
        const app = await lock(transaction, appId);
        const release = await store.findRelease(transaction, appId, releaseId);
        if (release === undefined) throw unknownRelease();
        await goLive(options, transaction, {
          grant,
          app,
          release: { id: releaseId, app: await loadRelease(transaction, appId, releaseId) },
          action: 'releases.deploy',
          said: { number: release.number, note: release.note, isRollback: true },
          details: { number: release.number },
        });
        return toReleaseInfo(release, release.id);
      });
      options.onChanged(appId);
      return info;
    },
    async unpublish(grant) {
      const appId = appIdOf(grant);
      await database.transaction(async (transaction) => {
        const app = await lock(transaction, appId);
        await goLive(options, transaction, {
          grant,
          app,
          release: undefined,
          action: 'releases.unpublish',
          said: { number: 0, note: '', isRollback: false },
          details: {},
        });
      });
      options.onChanged(appId);
    },
    async compare(grant, from, to) {
      const appId = appIdOf(grant);
      return compareApps(await loadRelease(database.knex, appId, from), await loadRelease(database.knex, appId, to));
    },
    async pendingChanges(grant) {
      const { row, draft } = await drafts.read(appIdOf(grant));
      const { live_release_id: liveId } = row;
      const changes =
        liveId === null
          ? describeNewApp(draft.app)
          : compareApps(await loadRelease(database.knex, row.id, liveId), draft.app);
      return { revision: draft.revision, changes };
    },
    async problems(grant) {
      const { row, draft } = await drafts.read(appIdOf(grant));
      return { revision: draft.revision, problems: problemsOf(draft.app, catalogOf(row.workspace_id)) };
    },
  };
}

async function publish(
  options: ReleasesOptions,
  transaction: StoreTransaction,
  request: PublishRequest & { readonly grant: Grant; readonly tests: ReleaseTests | undefined },
): Promise<ReleaseInfo> {
  const { grant, revision, tests } = request;
  const app = await lock(transaction, appIdOf(grant));
  assertUnmoved(app, revision);
  const draft = await options.memory.load(transaction, app);
  const catalog = options.catalogOf(app.workspace_id);
  assertNoErrors(problemsOf(draft.app, catalog));
  const frozen = withFunctions(draft.app, catalog.functions);
  compileApp(frozen);
  const release: store.ReleaseRow = {
    id: createId('rel'),
    app_id: app.id,
    number: await store.nextReleaseNumber(transaction, app.id),
    hash: draft.hash,
    note: request.note ?? '',
    revision,
    published_at: new Date(options.clock.now()).toISOString(),
    published_by: nameOfActor(grant.actor),
    tests: tests === undefined ? null : JSON.stringify(tests),
  };
  await store.insertRelease(transaction, release, { files: textOf(draft.files), functions: frozen.functions });
  await goLive(options, transaction, {
    grant,
    app,
    release: { id: release.id, app: frozen },
    action: 'releases.publish',
    said: { number: release.number, note: release.note, isRollback: false },
    details: {
      number: release.number,
      hash: release.hash,
      revision,
      ...(tests === undefined || tests.failed.length === 0 ? {} : { failedTests: tests.failed.slice(0, 50) }),
    },
  });
  return toReleaseInfo(release, release.id);
}

/** Tests run before the transaction: they take time, and nothing is locked meanwhile. The draft must not move until then. */
async function testDraft(
  { drafts, catalogOf, runTests }: ReleasesOptions,
  grant: Grant,
  request: PublishRequest,
): Promise<ReleaseTests | undefined> {
  const { row, draft } = await drafts.read(appIdOf(grant));
  assertUnmoved(row, request.revision);
  assertNoErrors(problemsOf(draft.app, catalogOf(row.workspace_id)));
  return testBeforeRelease(runTests, draft.app, { ...request, grant });
}

function assertUnmoved({ revision: now }: { readonly revision: number }, revision: number): void {
  if (now === revision) return;
  throw conflict({
    code: 'draft.moved',
    message: 'The draft was changed after you looked at it.',
    hint: 'Look at the changes again, then publish.',
    details: { revision: now },
  });
}

/** What the definition says of itself, and what only the engine of flows knows. */
function problemsOf(app: App, catalog: ExtensionCatalog): readonly AppProblem[] {
  return [...checkApp(app, { catalog }), ...checkSchedules(app), ...checkTriggers(app, catalog)];
}

function assertNoErrors(problems: readonly AppProblem[]): void {
  const errors = problems.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (first === undefined) return;
  throw inputError({
    code: 'release.problems',
    message: `The app has ${errors.length === 1 ? 'a problem' : `${errors.length} problems`}: ${first.message}`,
    hint: 'Solve the errors in the problems panel, then publish.',
    problems: errors.slice(0, 50).map(({ path, message, code }) => ({ path, message, code })),
  });
}

interface LiveChange {
  readonly grant: Grant;
  readonly app: AppRow;
  readonly release: LiveDefinition | undefined;
  readonly action: string;
  /** What flows are told of the release. */
  readonly said: { readonly number: number; readonly note: string; readonly isRollback: boolean };
  readonly details: Readonly<Record<string, unknown>>;
}

async function goLive(
  { audit, clock, happenings, onLive }: ReleasesOptions,
  transaction: StoreTransaction,
  change: LiveChange,
): Promise<void> {
  const { app, release } = change;
  const releaseId = release?.id ?? null;
  await updateApp(transaction, app.id, { live_release_id: releaseId });
  await onLive(transaction, app.id, release);
  const { actor } = change.grant;
  if (release !== undefined)
    await happenings.tell(transaction, {
      type: 'core/release-published',
      workspaceId: app.workspace_id,
      appId: app.id,
      trigger: { release: release.id, ...change.said, at: new Date(clock.now()).toISOString(), by: whoOf(actor) },
      ...causeOf(actor),
    });
  await audit.record(
    {
      actor: change.grant.actor,
      action: change.action,
      workspaceId: app.workspace_id,
      target: app.id,
      details: { ...change.details, from: app.live_release_id, to: releaseId },
    },
    transaction,
  );
}

async function lock(transaction: StoreTransaction, appId: string): Promise<AppRow> {
  const row = await lockApp(transaction, appId);
  if (row === undefined) throw notFound({ code: 'not-found', message: 'This app is gone.' });
  return row;
}

function unknownRelease(): Error {
  return notFound({ code: 'release.unknown', message: 'There is no such release of this app.' });
}
