import { rootCertificates } from 'node:tls';
import { inputError } from '@fettle/base';
import type { BackupCapability, ConnectorContext } from '@fettle/sdk/server';
import { outputOf } from '../backup/run-program.ts';
import { openTemporaryFolder, type TemporaryFolder } from '../backup/temporary-folder.ts';
import type { MysqlTarget } from './driver.ts';

const wanted = [
  '--single-transaction',
  '--quick',
  '--routines',
  '--events',
  '--triggers',
  '--hex-blob',
  '--no-tablespaces',
];

/** Copies of a MySQL or MariaDB database as SQL: one moment of its InnoDB tables, whatever is written meanwhile. */
export function mysqlBackup(
  target: MysqlTarget,
  context: Pick<ConnectorContext, 'resolveAddress' | 'limits'>,
): BackupCapability {
  return {
    ending: 'sql',
    async *read(options) {
      if (target.database.startsWith('-')) throw oddName();
      const folder = await openTemporaryFolder();
      try {
        const file = await folder.write('client.cnf', await optionsOf(target, context, folder));
        const names = ['mariadb-dump', 'mysqldump'];
        const args = [`--defaults-file=${file}`, ...wanted, target.database];
        yield* outputOf({ names, args, environment: {}, belongsTo: 'the client of MySQL or MariaDB' }, options);
      } finally {
        await folder.remove();
      }
    },
  };
}

/** Nothing is read from files of whoever runs the server, and nothing secret stands among the arguments. */
async function optionsOf(
  { host, port, user, password, encryption, certificate }: MysqlTarget,
  { resolveAddress }: Pick<ConnectorContext, 'resolveAddress' | 'limits'>,
  folder: TemporaryFolder,
): Promise<string> {
  const { address } = await resolveAddress(host, port);
  const isVerified = encryption === 'verified';
  // These clients check the name that they connect to: who answers there proves that it is the one that was looked up.
  const lines = [
    ['host', isVerified ? host : address],
    ['port', String(port)],
    ['protocol', 'TCP'],
    ['user', user],
    ['password', password ?? ''],
    ...(isVerified ? [['ssl-ca', await folder.write('ca.pem', certificate ?? rootCertificates.join('\n'))]] : []),
  ].map(([name, value]) => `${name}=${quoted(value ?? '')}`);
  return ['[client]', ...lines, ...encryptionLines[encryption], ''].join('\n');
}

// MySQL and MariaDB name it differently; `loose` passes over what a client does not know.
const encryptionLines = {
  off: ['loose-skip-ssl', 'loose-ssl-mode=DISABLED'],
  on: ['loose-ssl', 'loose-ssl-mode=REQUIRED', 'loose-skip-ssl-verify-server-cert'],
  verified: ['loose-ssl', 'loose-ssl-mode=VERIFY_IDENTITY', 'loose-ssl-verify-server-cert'],
} as const;

function quoted(value: string): string {
  const escaped = value
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t');
  return `"${escaped}"`;
}

const oddName = () =>
  inputError({
    code: 'backup.name',
    message: 'The name of this database begins with a hyphen, which the program that copies it cannot take.',
    hint: 'Copy it by other means, or rename it.',
  });
