import type { CommandFamily } from '../command/command.ts';
import { diffApp } from './diff.command.ts';
import { listApps } from './list.command.ts';
import { pullApp } from './pull.command.ts';
import { pushApp } from './push.command.ts';

/** `fettle app …` */
export const appFamily: CommandFamily = {
  name: 'app',
  summary: 'Apps as folders of JSON files',
  commands: [listApps, pullApp, pushApp, diffApp],
};
