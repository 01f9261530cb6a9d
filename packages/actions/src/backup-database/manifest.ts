import { defineFlowAction, setting } from '@fettle/sdk';
import { Type } from 'typebox';

/** Copies a whole database into a file. */
export const backupDatabaseManifest = defineFlowAction({
  id: 'core/backup-database',
  version: 1,
  title: 'Back up a database',
  description:
    'Stores a copy of a PostgreSQL, MySQL, MariaDB or SQLite database as a file. Off until the operator of this installation allows it.',
  icon: 'device-floppy',
  category: 'Operations',
  keywords: ['dump', 'export', 'copy', 'pg_dump', 'mysqldump', 'save', 'archive'],
  effect: 'outside',
  capability: 'backup',
  timeoutMs: 3_600_000,
  summary: 'dataSource',
  settings: Type.Object({
    dataSource: Type.Optional(
      setting(Type.String({ maxLength: 64 }), {
        title: 'Data source',
        description: 'The whole database, as its user may read it, whatever the roles of the app allow.',
        ui: { editor: 'dataSource', bindable: false },
      }),
    ),
    name: Type.Optional(
      setting(Type.String({ maxLength: 100 }), {
        title: 'Begin the file name with',
        description: 'The time and the ending follow.',
        default: 'backup',
        ui: { placeholder: 'shop' },
      }),
    ),
  }),
  uses: { backups: ['dataSource'] },
  output: Type.Object({
    file: Type.String({ description: 'The id of the file.' }),
    name: Type.String(),
    bytes: Type.Integer(),
  }),
  sample: { file: 'file_backup', name: 'shop-2030-01-31T02-00-00.dump', bytes: 104_857_600 },
});
