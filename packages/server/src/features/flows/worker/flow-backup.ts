import { authorise, type FlowActor, type Grant } from '@fettle/access';
import { inputError } from '@fettle/base';
import type { AccessPlan } from '@fettle/definition';
import type { FlowPlatform } from '@fettle/sdk/server';
import type { RunningApp } from '../../apps/running-app.ts';
import type { OpenSources } from '../../data-sources/open-sources.ts';
import type { Files } from '../../files/files.service.ts';

/** Largest copy that is kept, in bytes: a disk that is full helps nobody. */
const largestCopy = 20 * 1024 ** 3;
/** The step's own limit ends it before. */
const longestMs = 24 * 3_600_000;

/** Makes copies of data sources for one run, of those that its steps name. */
export function createFlowBackup(options: {
  readonly sources: Pick<OpenSources, 'get'>;
  readonly files: Pick<Files, 'writeFrom'>;
  readonly actor: FlowActor;
  readonly grant: Grant;
  readonly running: RunningApp;
  readonly rights: AccessPlan;
  readonly now: () => number;
}): FlowPlatform['backUp'] {
  const { sources, files, actor, grant, running, rights } = options;
  const { workspaceId, appId, environment, roles } = running;
  return async (dataSource, { name, signal }) => {
    authorise(actor, 'source.back-up', { kind: 'release', workspaceId, appId, roles, rights, target: dataSource });
    const source = await sources.get(workspaceId, dataSource, environment);
    const { backup } = source.session;
    if (backup === undefined) throw noBackup(source.manifest.title);
    const time = new Date(options.now()).toISOString().slice(0, 19).replaceAll(':', '-');
    const file = {
      name: `${name}-${time}.${backup.ending}`,
      content: backup.read({ signal, timeoutMs: longestMs }),
      maxBytes: largestCopy,
    };
    // Of no app: it was not uploaded there, and no flow that waits for uploads is to start by it.
    const place = { workspaceId, appId: '', environment };
    const stored = await source
      .run(() => files.writeFrom({ grant, place, file }))
      .catch((error: unknown) => {
        throw source.clean(error);
      });
    return { file: stored.id, name: stored.name, bytes: stored.size };
  };
}

const noBackup = (title: string) =>
  inputError({
    code: 'backup.unsupported',
    message: `Copies of "${title}" are not made by flows.`,
    hint: 'Choose a PostgreSQL, MySQL, MariaDB or SQLite data source. Internal tables are in the backup of the installation: fettle server backup.',
  });
