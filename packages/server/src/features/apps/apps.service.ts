import type { Grant } from '@fettle/access';
import { conflict, createId, inputError, notFound, slugFromLabel, uniqueName, type Clock } from '@fettle/base';
import type { AppInfo, ReleaseInfo } from '@fettle/contract';
import { saveApp, type App, type AppFiles } from '@fettle/definition';
import { isUniqueViolation, type Database, type StoreAccess } from '../../database/database.ts';
import { appIdOf, workspaceIdOf } from '../../grants.ts';
import { nameOfActor, type Audit } from '../audit/audit.service.ts';
import type { DraftMemory } from '../drafts/draft-memory.ts';
import type { Drafts } from '../drafts/drafts.service.ts';
import { factsOf } from '../drafts/keep-edit.ts';
import { writeDocuments } from '../drafts/drafts.store.ts';
import { deleteUnusedContent, listReleases, listReleasesById, type ReleaseRow } from '../releases/releases.store.ts';
import { contentOf } from './app-content.ts';
import * as store from './apps.store.ts';
import type { AppSource, AppSources } from './app-sources.ts';

/** Apps as builders see them. */
export interface Apps {
  list(grant: Grant): Promise<AppInfo[]>;
  read(grant: Grant): Promise<AppInfo>;
  create(
    grant: Grant,
    given: {
      readonly name: string;
      readonly from: AppSource;
      /** Chosen by whoever has to know it before the app is there. */
      readonly id?: string;
    },
  ): Promise<AppInfo>;
  setSlug(grant: Grant, slug: string | undefined): Promise<AppInfo>;
  delete(grant: Grant, confirm: string): Promise<void>;
  export(grant: Grant): Promise<AppFiles>;
  describe(row: store.AppRow): Promise<AppInfo>;
}

/** What the app service needs. */
export interface AppsOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly sources: AppSources;
  readonly drafts: Drafts;
  readonly memory: DraftMemory;
  readonly onChanged: (appId: string) => void;
}

/** Makes the app service. */
export function createApps(options: AppsOptions): Apps {
  const { database, audit, drafts } = options;
  const describe = async (row: store.AppRow): Promise<AppInfo> => {
    const [info] = await describeAll(database.knex, [row]);
    if (info === undefined) throw gone();
    return info;
  };
  const read = async (appId: string): Promise<AppInfo> => {
    const row = await store.findApp(database.knex, { id: appId });
    if (row === undefined) throw gone();
    return describe(row);
  };
  return {
    describe,
    list: async (grant) => describeAll(database.knex, await store.listApps(database.knex, workspaceIdOf(grant))),
    read: (grant) => read(appIdOf(grant)),
    async create(grant, { name, from, id: chosen }) {
      const app = await options.sources.build(grant, name, from);
      const id = await insert(options, { grant, app, kind: from.kind, id: chosen ?? createId('app') });
      options.onChanged(id);
      return read(id);
    },
    async setSlug(grant, slug) {
      const appId = appIdOf(grant);
      if (slug !== undefined) await changeSlug(options, grant, slug);
      options.onChanged(appId);
      return read(appId);
    },
    async delete(grant, confirm) {
      const appId = appIdOf(grant);
      await database.transaction(async (transaction) => {
        const row = await store.lockApp(transaction, appId);
        if (row === undefined) throw gone();
        if (confirm !== row.name) {
          throw inputError({
            code: 'app.not-confirmed',
            message: 'The name does not match.',
            hint: `Type the name of the app: ${row.name}`,
          });
        }
        const hashes = (await listReleases(transaction, appId)).map(({ hash }) => hash);
        await store.deleteApp(transaction, appId);
        await deleteUnusedContent(transaction, [...new Set(hashes)]);
        await audit.record(
          {
            actor: grant.actor,
            action: 'apps.delete',
            workspaceId: row.workspace_id,
            target: appId,
            details: { name: row.name, slug: row.slug },
          },
          transaction,
        );
      });
      options.memory.forget(appId);
      options.onChanged(appId);
    },
    export: async (grant) => saveApp((await drafts.read(appIdOf(grant))).draft.app),
  };
}

async function insert(
  options: AppsOptions,
  given: { readonly grant: Grant; readonly app: App; readonly kind: string; readonly id: string },
): Promise<string> {
  const { database, clock, audit } = options;
  const { grant, app, id } = given;
  const content = contentOf(app);
  const at = new Date(clock.now()).toISOString();
  const attempt = (): Promise<void> =>
    database.transaction(async (transaction) => {
      const slug = await freeSlug(transaction, app.app.name);
      await store.insertApp(transaction, {
        id,
        workspace_id: workspaceIdOf(grant),
        slug,
        ...factsOf(content),
        revision: 0,
        live_release_id: null,
        created_at: at,
        updated_at: at,
        updated_by: nameOfActor(grant.actor),
      });
      await writeDocuments(transaction, id, { before: {}, after: content.files });
      await audit.record(
        {
          actor: grant.actor,
          action: 'apps.create',
          workspaceId: workspaceIdOf(grant),
          target: id,
          details: { name: app.app.name, slug, from: given.kind },
        },
        transaction,
      );
    });
  await attempt().catch((error: unknown) => {
    // Somebody took the address in the same moment: the next try finds another.
    if (!isUniqueViolation(error)) throw error;
    return attempt();
  });
  return id;
}

async function freeSlug(knex: StoreAccess, name: string): Promise<string> {
  const base = slugFromLabel(name).slice(0, 50).replace(/-+$/, '');
  const taken = new Set(await store.listSlugs(knex, base));
  if (!taken.has(base)) return base;
  return uniqueName(`${base}-`, (candidate) => candidate === `${base}-` || taken.has(candidate));
}

async function changeSlug({ database, audit }: AppsOptions, grant: Grant, slug: string): Promise<void> {
  const appId = appIdOf(grant);
  try {
    await database.transaction(async (transaction) => {
      const row = await store.lockApp(transaction, appId);
      if (row === undefined) throw gone();
      await store.updateApp(transaction, appId, { slug });
      await audit.record(
        {
          actor: grant.actor,
          action: 'apps.update',
          workspaceId: row.workspace_id,
          target: appId,
          details: { from: row.slug, to: slug },
        },
        transaction,
      );
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw conflict({ code: 'app.slug-taken', message: `The address "${slug}" is taken.`, hint: 'Choose another one.' });
  }
}

async function describeAll(knex: StoreAccess, rows: readonly store.AppRow[]): Promise<AppInfo[]> {
  const liveIds = rows.flatMap(({ live_release_id: id }) => (id === null ? [] : [id]));
  const releases = new Map((await listReleasesById(knex, liveIds)).map((release) => [release.id, release]));
  return rows.map((row) => {
    const live = row.live_release_id === null ? undefined : releases.get(row.live_release_id);
    return {
      id: row.id,
      workspaceId: row.workspace_id,
      slug: row.slug,
      name: row.name,
      icon: row.icon,
      description: row.description,
      revision: row.revision,
      updatedAt: row.updated_at,
      updatedBy: row.updated_by,
      live: live === undefined ? null : toReleaseInfo(live, row.live_release_id),
      hasChanges: live?.hash !== row.draft_hash,
    };
  });
}

/** A release as it is answered. */
export function toReleaseInfo(row: ReleaseRow, liveId: string | null): ReleaseInfo {
  const { id, number, hash, note, tests, published_at: publishedAt, published_by: publishedBy } = row;
  return {
    id,
    number,
    hash,
    note,
    publishedAt,
    publishedBy,
    isLive: id === liveId,
    ...(tests === null ? {} : { tests: JSON.parse(tests) as NonNullable<ReleaseInfo['tests']> }),
  };
}

function gone(): Error {
  return notFound({ code: 'not-found', message: 'This app is gone.' });
}
