import { Type } from 'typebox';
import { choice, defineConnector, setting } from '@fettle/sdk';
import { sqlQueryKind } from '../sql/query-kind.ts';

/** MySQL and MariaDB. */
export const mysqlManifest = defineConnector({
  id: 'core/mysql',
  version: 1,
  title: 'MySQL and MariaDB',
  description: 'Tables and SQL queries of a MySQL (8.0 or newer) or MariaDB (10.5 or newer) database.',
  icon: 'brand-mysql',
  category: 'Databases',
  keywords: ['mysql', 'mariadb', 'sql', 'aurora', 'planetscale'],
  settings: Type.Object(
    {
      host: setting(Type.String({ minLength: 1, maxLength: 255 }), {
        title: 'Host',
        default: 'localhost',
        ui: { section: 'Connection', bindable: false },
      }),
      port: setting(Type.Integer({ minimum: 1, maximum: 65_535 }), {
        title: 'Port',
        default: 3306,
        ui: { section: 'Connection', bindable: false },
      }),
      database: setting(Type.String({ minLength: 1, maxLength: 128 }), {
        title: 'Database',
        ui: { section: 'Connection', bindable: false },
      }),
      user: setting(Type.String({ minLength: 1, maxLength: 128 }), {
        title: 'User',
        ui: { section: 'Connection', bindable: false },
      }),
      password: setting(Type.Optional(Type.String({ maxLength: 1024 })), {
        title: 'Password',
        ui: { section: 'Connection', secret: true, editor: 'password', bindable: false },
      }),
      encryption: choice(['off', 'on', 'verified'], {
        title: 'Encryption',
        description: 'Verified also checks that the certificate belongs to the host.',
        default: 'off',
        labels: { off: 'Off', on: 'On', verified: 'Verified' },
        ui: { section: 'Security', bindable: false },
      }),
      certificate: setting(Type.Optional(Type.String({ maxLength: 100_000 })), {
        title: 'CA certificate',
        description: 'In PEM form, when the certificate is not signed by a well-known authority.',
        ui: {
          section: 'Security',
          editor: 'multiline',
          bindable: false,
          when: { setting: 'encryption', in: ['verified'] },
        },
      }),
    },
    { additionalProperties: false },
  ),
  // How it is encrypted decides who else can read the password on its way.
  destination: ['host', 'port', 'encryption', 'certificate'],
  capabilities: { tables: true, writes: true, transactions: true, relations: true, aggregates: true, structure: false },
  queryKinds: [sqlQueryKind],
  needs: { network: true, secrets: true },
});
