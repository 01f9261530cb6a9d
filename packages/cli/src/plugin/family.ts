import type { CommandFamily } from '../command/command.ts';
import { buildPlugin } from './build.command.ts';
import { createPlugin } from './create.command.ts';
import { devPlugin } from './dev.command.ts';
import { installPlugin } from './install.command.ts';
import { packPlugin } from './pack.command.ts';
import { testPlugin } from './test.command.ts';
import { validatePlugin } from './validate.command.ts';

/** `fettle plugin …` */
export const pluginFamily: CommandFamily = {
  name: 'plugin',
  summary: 'Plugins: write, check, pack and install them',
  commands: [createPlugin, devPlugin, validatePlugin, testPlugin, buildPlugin, packPlugin, installPlugin],
};
