import type { CommandFamily } from '../command/command.ts';
import { installTemplate } from './install.command.ts';
import { listTemplates } from './list.command.ts';

/** `fettle template …` */
export const templateFamily: CommandFamily = {
  name: 'template',
  summary: 'Complete apps to begin with',
  commands: [listTemplates, installTemplate],
};
