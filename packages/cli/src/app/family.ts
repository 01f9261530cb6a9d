import type { CommandFamily } from '../command/command.ts';
import { diffApp } from './diff.command.ts';
import { exportApp } from './export.command.ts';
import { importApp } from './import.command.ts';
import { listApps } from './list.command.ts';
import { pullApp } from './pull.command.ts';
import { publishApp } from './publish.command.ts';
import { pushApp } from './push.command.ts';
import { rollbackApp } from './rollback.command.ts';
import { validateApp } from './validate.command.ts';

/** `fettle app …` */
export const appFamily: CommandFamily = {
  name: 'app',
  summary: 'Apps as folders of JSON files',
  commands: [listApps, pullApp, diffApp, validateApp, pushApp, publishApp, rollbackApp, exportApp, importApp],
};
