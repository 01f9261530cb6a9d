import type { CommandFamily } from '../command/command.ts';

/** `fettle server …` */
export const serverFamily: CommandFamily = {
  name: 'server',
  summary: 'The server on this machine: its data, keys and health',
  commands: [],
};
