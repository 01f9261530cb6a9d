import { rootCertificates } from 'node:tls';
import type { BackupCapability, ConnectorContext } from '@fettle/sdk/server';
import { outputOf } from '../backup/run-program.ts';
import { openTemporaryFolder, type TemporaryFolder } from '../backup/temporary-folder.ts';
import type { PostgresTarget } from './driver.ts';

/** Copies of a PostgreSQL database in the format of `pg_restore`: one moment of it, whatever is written meanwhile. */
export function postgresBackup(
  target: PostgresTarget,
  context: Pick<ConnectorContext, 'resolveAddress' | 'limits'>,
): BackupCapability {
  return {
    ending: 'dump',
    async *read(options) {
      const folder = await openTemporaryFolder();
      try {
        const environment = await environmentOf(target, context, folder);
        const args = ['--format=custom', '--no-password', '--lock-wait-timeout=60000'];
        yield* outputOf({ names: ['pg_dump'], args, environment, belongsTo: 'the client of PostgreSQL' }, options);
      } finally {
        await folder.remove();
      }
    },
  };
}

/** Nothing is read from files of whoever runs the server, and nothing secret stands among the arguments. */
async function environmentOf(
  { host, port, database, user, password, encryption, certificate }: PostgresTarget,
  { resolveAddress, limits }: Pick<ConnectorContext, 'resolveAddress' | 'limits'>,
  folder: TemporaryFolder,
): Promise<Readonly<Record<string, string>>> {
  const { address } = await resolveAddress(host, port);
  return {
    PGHOST: host,
    PGHOSTADDR: address,
    PGPORT: String(port),
    PGDATABASE: database,
    PGUSER: user,
    PGPASSWORD: password ?? '',
    PGPASSFILE: folder.path('none'),
    PGSERVICEFILE: folder.path('none'),
    PGSYSCONFDIR: folder.path('none'),
    PGAPPNAME: 'fettle backup',
    PGCONNECT_TIMEOUT: String(Math.max(2, Math.ceil(limits.connectTimeoutMs / 1000))),
    PGSSLMODE: { off: 'disable', on: 'require', verified: 'verify-full' }[encryption],
    PGSSLCERT: folder.path('none'),
    PGSSLKEY: folder.path('none'),
    // Without a file of this name, `require` does not verify, as the connector does not.
    PGSSLROOTCERT:
      encryption === 'verified'
        ? await folder.write('ca.pem', certificate ?? rootCertificates.join('\n'))
        : folder.path('none'),
  };
}
