import type { CommandFamily } from '../command/command.ts';
import { listApps } from './list.command.ts';

/** `fettle app …` */
export const appFamily: CommandFamily = {
  name: 'app',
  summary: 'Apps as folders of JSON files',
  commands: [listApps],
};
