import { createHash } from 'node:crypto';
import {
  applyCommand,
  builtInCatalog,
  bug,
  routes,
  saveApp,
  type ApiPerson,
  type App,
  type Command,
  type ReleaseInfo,
} from '@fettle/testing';
import type { ServerProcess } from '../../harness/server-process.ts';

/** What the server has confirmed so far, as a client of it would remember. */
export interface Confirmed {
  /** The commands in the order of their revisions: revision n stands at index n - 1. */
  readonly commands: Command[];
  readonly releases: { readonly info: ReleaseInfo; readonly revision: number }[];
  /** How often the server died with a request under way. */
  crashes: number;
}

/** Edits and publishes one app while the server keeps dying; never gives up and never sends anything twice by mistake. */
export function createWriter(given: {
  readonly server: ServerProcess;
  readonly owner: ApiPerson;
  readonly appId: string;
  readonly random: () => number;
}) {
  const { server, owner, appId } = given;
  const confirmed: Confirmed = { commands: [], releases: [], crashes: 0 };
  const params = { appId };
  let requests = 0;
  // How long requests take here, in milliseconds: a kill must come while one is under way, however fast the machine is.
  let usualMs = 8;

  /** Sends once; with `isFatal` the server is killed a moment after. Undefined: no answer came. */
  const attempt = async <T>(isFatal: boolean, send: () => Promise<T>): Promise<T | undefined> => {
    const sentAt = performance.now();
    const answer = send().then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    );
    if (isFatal) {
      await new Promise((resolve) => setTimeout(resolve, given.random() * usualMs));
      await server.kill();
    }
    const outcome = await answer;
    if (!isFatal) usualMs = usualMs * 0.8 + (performance.now() - sentAt) * 0.2;
    if ('value' in outcome) {
      if (isFatal) await server.start();
      return outcome.value;
    }
    if (!isFatal) throw outcome.error;
    confirmed.crashes += 1;
    await server.start();
    return undefined;
  };

  return {
    confirmed,
    async save(commands: readonly Command[], isFatal: boolean): Promise<void> {
      requests += 1;
      const revision = confirmed.commands.length;
      const body = {
        revision,
        requestId: `story-${requests}`,
        commands: commands as unknown as Record<string, unknown>[],
      };
      const send = () => owner.client.call(routes.apps.edit, { params, body });
      const reply = await attempt(isFatal, send);
      if (reply === undefined) {
        const now = (await owner.client.call(routes.apps.draft, { params })).revision;
        if (now !== revision && now !== revision + commands.length)
          throw bug(`Half a request was kept: revision ${now} after ${revision}.`);
      }
      // The same request once more: it must count once, whether its answer was lost or it never arrived.
      const last = reply ?? (await send());
      if (last.revision !== revision + commands.length)
        throw bug(`Revision ${last.revision} was answered instead of ${revision + commands.length}.`);
      confirmed.commands.push(...commands);
    },
    async publish(isFatal: boolean): Promise<void> {
      const revision = confirmed.commands.length;
      const send = () =>
        owner.client.call(routes.apps.publish, { params, body: { revision, note: `At revision ${revision}` } });
      const reply = await attempt(isFatal, send);
      if (reply !== undefined) {
        confirmed.releases.push({ info: reply.release, revision });
        return;
      }
      const { releases } = await owner.client.call(routes.apps.releases, { params });
      const [newest] = releases;
      const kept =
        newest !== undefined && releases.length === confirmed.releases.length + 1 ? newest : (await send()).release;
      confirmed.releases.push({ info: kept, revision });
    },
  };
}

/** The app after the first `count` of these commands. */
export function replay(start: App, commands: readonly Command[], count: number): App {
  return commands.slice(0, count).reduce((app, command) => {
    const applied = applyCommand(app, command, { catalog: builtInCatalog });
    if (applied.ok) return applied.value.app;
    throw bug(`The command does not apply again: ${applied.error.message}`);
  }, start);
}

/** The hash that names the content of an app, computed here on our own. */
export function contentHash(app: App): string {
  const files = saveApp(app);
  const sorted = Object.fromEntries(
    Object.keys(files)
      .sort()
      .map((path) => [path, files[path]]),
  );
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex');
}
