import type { Grant } from '@fettle/access';
import { conflict, inputError, notFound, type AppError, type Clock } from '@fettle/base';
import type { ContributedExtensions, PluginInfo, PluginInspection, PluginOrigin, PluginUse } from '@fettle/contract';
import { describePermissions, readPlugin, type PluginManifest } from '@fettle/sdk/plugin';
import type { Database, StoreTransaction } from '../../database/database.ts';
import { workspaceIdOf } from '../../grants.ts';
import { nameOfActor, type Audit } from '../audit/audit.service.ts';
import type { AppsOfWorkspace } from '../data-sources/source-usage.ts';
import { refusalOf } from './check-plugin.ts';
import { describeComponent } from './components/plugin-component.ts';
import { describeInspection, describePlugin, signerOf, type Publishers } from './describe-plugin.ts';
import { getPlugin, type FoundPlugin, type PluginSources } from './get-plugin.ts';
import type { PluginIndex } from './plugin-index.ts';
import { findPluginUses } from './plugin-usage.ts';
import { deleteValues } from './plugin-values.store.ts';
import * as store from './plugins.store.ts';
import { forgetUpdate, listUpdates, type PluginUpdateRow } from './updates/plugin-updates.store.ts';
import type { PluginUpdates } from './updates/plugin-updates.ts';
import type { PluginProcesses } from './process/plugin-processes.ts';

/** What plugins need. */
export interface PluginsOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly index: PluginIndex;
  readonly processes: PluginProcesses;
  readonly sources: PluginSources;
  readonly appsOf: AppsOfWorkspace;
  readonly publishers: Publishers;
  readonly signatures: 'optional' | 'required';
  readonly updates: PluginUpdates;
  /** Newer versions are looked for every day. */
  readonly looksForUpdates: boolean;
}

type Mark = Pick<store.PluginRow, 'updated_at' | 'updated_by'>;
type Change = Partial<Omit<store.PluginRow, 'workspace_id' | 'id'>>;

/** An archive that nobody installed is forgotten after so long, in milliseconds. */
const looseMs = 60 * 60_000;

/** Plugins of workspaces: what is installed, and what may be. */
export class Plugins {
  readonly #options: PluginsOptions;

  constructor(options: PluginsOptions) {
    this.#options = options;
  }

  async list(grant: Grant): Promise<readonly PluginInfo[]> {
    const { knex } = this.#options.database;
    const workspaceId = workspaceIdOf(grant);
    const rows = await store.listPlugins(knex, workspaceId);
    const updates = new Map((await listUpdates(knex, workspaceId)).map((row) => [row.plugin_id, row]));
    return rows.map((row) => this.#describe(row, updates.get(row.id)));
  }

  /** How plugins can be got here. */
  allows(): {
    readonly registry: boolean;
    readonly folder: boolean;
    readonly unsigned: boolean;
    readonly looksForUpdates: boolean;
  } {
    const { sources, signatures, looksForUpdates } = this.#options;
    return {
      registry: sources.registry !== undefined,
      folder: sources.folders.length > 0,
      unsigned: signatures === 'optional',
      looksForUpdates,
    };
  }

  /** Manifests of what enabled plugins bring. */
  async extensions(grant: Grant): Promise<ContributedExtensions> {
    const workspaceId = workspaceIdOf(grant);
    const rows = await store.listPlugins(this.#options.database.knex, workspaceId);
    const all = rows
      .filter((row) => Boolean(row.is_enabled))
      .map((row) => (JSON.parse(row.manifest) as PluginManifest).contributions);
    const known = this.#options.index.of(workspaceId);
    return {
      components: [...(known?.components.values() ?? [])].map(describeComponent),
      eventActions: [...(known?.eventActions.values() ?? [])].map(({ info }) => info),
      connectors: all.flatMap(({ connectors = [] }) => connectors) as unknown as ContributedExtensions['connectors'],
      flowActions: all.flatMap(
        ({ flowActions = [] }) => flowActions,
      ) as unknown as ContributedExtensions['flowActions'],
      flowTriggers: all.flatMap(
        ({ flowTriggers = [] }) => flowTriggers,
      ) as unknown as ContributedExtensions['flowTriggers'],
      functions: all.flatMap(({ functions = [] }) => functions) as unknown as ContributedExtensions['functions'],
    };
  }

  /** Gets a plugin and looks at it. */
  async inspect(grant: Grant, from: PluginOrigin, signal: AbortSignal): Promise<PluginInspection> {
    const found = await getPlugin(this.#options.sources, from, signal);
    return this.look(grant, from.kind, found);
  }

  /** Looks at a packed plugin and keeps it for its installation. */
  async look(grant: Grant, kind: store.PluginRow['source_kind'], found: FoundPlugin): Promise<PluginInspection> {
    const { database, clock } = this.#options;
    const workspaceId = workspaceIdOf(grant);
    const read = await readPlugin(found.archive);
    const installed = await store.findPlugin(database.knex, workspaceId, read.manifest.id);
    const now = clock.now();
    await database.transaction(async (transaction) => {
      await store.deleteLooseArchives(transaction, workspaceId, new Date(now - looseMs).toISOString());
      await store.saveArchive(transaction, {
        workspace_id: workspaceId,
        integrity: read.integrity,
        source_kind: kind,
        source_name: found.name.slice(0, 500),
        content: found.archive,
        created_at: new Date(now).toISOString(),
      });
    });
    const signer = signerOf(this.#options.publishers, read.signedBy);
    return describeInspection({
      manifest: read.manifest,
      integrity: read.integrity,
      source: { kind, name: found.name },
      signer,
      installed,
      refusal: refusalOf(read, signer, installed, this.#rules(kind)),
    });
  }

  /** Installs what was looked at, or updates to it. */
  async install(
    grant: Grant,
    given: { readonly integrity: string; readonly granted: readonly string[] },
  ): Promise<PluginInfo> {
    const { database, clock, audit, publishers, processes } = this.#options;
    const workspaceId = workspaceIdOf(grant);
    const archive = await store.findArchive(database.knex, workspaceId, given.integrity);
    if (archive === undefined)
      throw notFound({
        code: 'plugin.not-looked-at',
        message: 'This plugin is no longer at hand.',
        hint: 'Choose it again.',
      });
    const read = await readPlugin(new Uint8Array(archive.content));
    const { manifest } = read;
    assertGranted(manifest, given.granted);
    const at = new Date(clock.now()).toISOString();
    const by = nameOfActor(grant.actor);
    const row = await database.transaction(async (transaction) => {
      const installed = await store.findPlugin(transaction, workspaceId, manifest.id);
      const refusal = refusalOf(read, signerOf(publishers, read.signedBy), installed, this.#rules(archive.source_kind));
      if (refusal !== undefined) throw conflict(refusal);
      const saved: store.PluginRow = {
        workspace_id: workspaceId,
        id: manifest.id,
        version: manifest.version,
        integrity: read.integrity,
        manifest: JSON.stringify(manifest),
        is_enabled: installed === undefined ? true : Boolean(installed.is_enabled),
        signed_by: read.signedBy ?? null,
        trusted_integrity: installed?.trusted_integrity ?? null,
        trusted_at: installed?.trusted_at ?? null,
        trusted_by: installed?.trusted_by ?? null,
        source_kind: archive.source_kind,
        source_name: archive.source_name,
        installed_at: installed?.installed_at ?? at,
        installed_by: installed?.installed_by ?? by,
        updated_at: at,
        updated_by: by,
      };
      await store.savePlugin(transaction, saved);
      await forgetUpdate(transaction, { workspace_id: workspaceId, plugin_id: manifest.id });
      await audit.record(
        {
          actor: grant.actor,
          action: installed === undefined ? 'plugin.install' : 'plugin.update',
          workspaceId,
          target: `${manifest.id} ${manifest.version}`,
          details: {
            integrity: read.integrity,
            source: `${archive.source_kind} ${archive.source_name}`,
            signedBy: read.signedBy ?? 'nobody',
            permissions: manifest.permissions,
            ...(installed === undefined ? {} : { from: installed.version }),
          },
        },
        transaction,
      );
      await this.#notice(transaction, workspaceId);
      return saved;
    });
    processes.forget(workspaceId, manifest.id);
    await this.#options.index.reload();
    return this.#describe(row);
  }

  async enable(grant: Grant, id: string, isEnabled: boolean): Promise<PluginInfo> {
    return this.#change(grant, id, {
      action: isEnabled ? 'plugin.enable' : 'plugin.disable',
      change: () => ({ is_enabled: isEnabled }),
    });
  }

  /** Lets components of exactly this version run in apps, or in frames again. */
  async trust(
    grant: Grant,
    id: string,
    given: { readonly integrity: string; readonly isTrusted: boolean },
  ): Promise<PluginInfo> {
    return this.#change(grant, id, {
      action: given.isTrusted ? 'plugin.trust' : 'plugin.distrust',
      change: (found, { updated_at: at, updated_by: by }) => {
        if (!given.isTrusted) return { trusted_integrity: null, trusted_at: null, trusted_by: null };
        if (found.integrity !== given.integrity)
          throw conflict({
            code: 'plugin.version-differs',
            message: `Another version is installed by now: ${found.version}.`,
            hint: 'Look at it again before you trust it.',
          });
        return { trusted_integrity: found.integrity, trusted_at: at, trusted_by: by };
      },
    });
  }

  async #change(
    grant: Grant,
    id: string,
    { action, change }: { readonly action: string; readonly change: (found: store.PluginRow, mark: Mark) => Change },
  ): Promise<PluginInfo> {
    const { database, clock, audit } = this.#options;
    const workspaceId = workspaceIdOf(grant);
    const mark = { updated_at: new Date(clock.now()).toISOString(), updated_by: nameOfActor(grant.actor) };
    const row = await database.transaction(async (transaction) => {
      const found = await store.findPlugin(transaction, workspaceId, id);
      if (found === undefined) throw unknownPlugin();
      const changes = { ...change(found, mark), ...mark };
      await store.changePlugin(transaction, { workspace_id: workspaceId, id }, changes);
      await audit.record(
        {
          actor: grant.actor,
          action,
          workspaceId,
          target: `${id} ${found.version}`,
          details: { integrity: found.integrity },
        },
        transaction,
      );
      await this.#notice(transaction, workspaceId);
      return { ...found, ...changes };
    });
    this.#options.processes.forget(workspaceId, id);
    await this.#options.index.reload();
    return this.#describe(row);
  }

  /** Asks where a plugin came from whether there is a newer version. Installs nothing. */
  async lookForUpdate(grant: Grant, id: string): Promise<PluginInfo> {
    const row = await store.findPlugin(this.#options.database.knex, workspaceIdOf(grant), id);
    if (row === undefined) throw unknownPlugin();
    if (row.source_kind !== 'registry' && row.source_kind !== 'url')
      throw inputError({
        code: 'plugin.no-source',
        message: 'It was installed from a file or a folder: nobody can be asked for newer versions.',
        hint: 'Install the newer version from its file.',
      });
    return this.#describe(row, await this.#options.updates.look(row));
  }

  async uses(grant: Grant, id: string): Promise<readonly PluginUse[]> {
    const workspaceId = workspaceIdOf(grant);
    if ((await store.findPlugin(this.#options.database.knex, workspaceId, id)) === undefined) throw unknownPlugin();
    return findPluginUses(this.#options, workspaceId, id);
  }

  /** Removes a plugin and what it kept. What uses it stays as it is, for when it comes back. */
  async remove(grant: Grant, id: string): Promise<void> {
    const { database, audit } = this.#options;
    const workspaceId = workspaceIdOf(grant);
    await database.transaction(async (transaction) => {
      const found = await store.findPlugin(transaction, workspaceId, id);
      if (found === undefined || !(await store.deletePlugin(transaction, workspaceId, id))) throw unknownPlugin();
      await forgetUpdate(transaction, { workspace_id: workspaceId, plugin_id: id });
      await deleteValues(transaction, { workspace_id: workspaceId, plugin_id: id });
      await audit.record(
        {
          actor: grant.actor,
          action: 'plugin.remove',
          workspaceId,
          target: `${id} ${found.version}`,
          details: { integrity: found.integrity },
        },
        transaction,
      );
      await this.#notice(transaction, workspaceId);
    });
    this.#options.processes.forget(workspaceId, id);
    await this.#options.index.reload();
  }

  #rules(kind: store.PluginRow['source_kind']) {
    return { signatures: this.#options.signatures, isDevelopment: kind === 'folder' } as const;
  }

  #describe(row: store.PluginRow, update?: PluginUpdateRow): PluginInfo {
    const { publishers, processes } = this.#options;
    return describePlugin(row, { publishers, health: processes.healthOf(row.workspace_id, row.id), update });
  }

  async #notice(transaction: StoreTransaction, workspaceId: string): Promise<void> {
    if (this.#options.database.kind === 'postgres') await store.noticePlugins(transaction, workspaceId);
  }
}

/** Whoever installs agreed to exactly what is asked for, not to what was asked for in another version. */
function assertGranted({ permissions }: PluginManifest, granted: readonly string[]): void {
  const asked = describePermissions(permissions).map(({ key }) => key);
  const isSame = asked.length === granted.length && asked.every((key) => granted.includes(key));
  if (isSame) return;
  throw inputError({
    code: 'plugin.permissions-differ',
    message: 'The plugin asks for other permissions than those that were agreed to.',
    hint: 'Look at what it asks for again. It gets all of it, or is not installed.',
    details: { asked },
  });
}

/** What there is to say of a plugin that is not there. */
function unknownPlugin(): AppError {
  return notFound({
    code: 'plugin.unknown',
    message: 'There is no such plugin in this workspace.',
    hint: 'It may have been removed meanwhile.',
  });
}
