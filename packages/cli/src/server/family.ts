import type { CommandFamily } from '../command/command.ts';
import { backupServer } from './backup.command.ts';
import { createOwnerCommand } from './create-owner.command.ts';
import { doctor } from './doctor.command.ts';
import { migrateServer } from './migrate.command.ts';
import { restoreServer } from './restore.command.ts';
import { rotateKeysCommand } from './rotate-keys.command.ts';
import { startServer } from './start.command.ts';

/** `fettle server …` */
export const serverFamily: CommandFamily = {
  name: 'server',
  summary: 'The server on this machine: its data, keys and health',
  commands: [startServer, doctor, migrateServer, createOwnerCommand, backupServer, restoreServer, rotateKeysCommand],
};
