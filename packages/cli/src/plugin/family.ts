import type { CommandFamily } from '../command/command.ts';

/** `fettle plugin …` */
export const pluginFamily: CommandFamily = {
  name: 'plugin',
  summary: 'Plugins: write, check, pack and install them',
  commands: [],
};
