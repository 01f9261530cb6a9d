import { appFamily } from './app/family.ts';
import type { Registry } from './command/help.ts';
import { createCompletion } from './completion/completion.command.ts';
import { pluginFamily } from './plugin/family.ts';
import { login } from './profile/login.command.ts';
import { logout } from './profile/logout.command.ts';
import { status } from './profile/status.command.ts';
import { serverFamily } from './server/family.ts';
import { templateFamily } from './template/family.ts';

/** Every command there is. A family is a folder with a `family.ts`. */
export const registry: Registry = {
  families: [appFamily, templateFamily, pluginFamily, serverFamily].filter(({ commands }) => commands.length > 0),
  commands: [login, logout, status, createCompletion(() => registry)],
};
