import { inputError } from '@fettle/base';
import { createOwner } from '@fettle/server/maintenance';
import type { CommandContext, CommandResult } from '../command/command.ts';
import { readSettings } from './server-settings.ts';

/** Options of `fettle server create-owner`. */
interface OwnerOptions {
  readonly email: string | undefined;
  readonly name: string | undefined;
  readonly workspace: string | undefined;
}

/** Makes the first owner. */
export async function createFirstOwner(context: CommandContext, options: OwnerOptions): Promise<CommandResult> {
  const { output, environment } = context;
  const email = options.email ?? environment['FETTLE_OWNER_EMAIL'] ?? (await output.ask('E-mail address:'));
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) {
    throw inputError({ code: 'usage.email', message: `"${email}" is no e-mail address.` });
  }
  const password = environment['FETTLE_OWNER_PASSWORD'] ?? (await output.ask('Password:', { isHidden: true }));
  if (password.length < 10 || password.length > 200) {
    throw inputError({ code: 'usage.password', message: 'A password has 10 to 200 characters.' });
  }
  const config = await readSettings({
    ...context,
    environment: { ...environment, FETTLE_OWNER_EMAIL: email, FETTLE_OWNER_PASSWORD: password },
  });
  const owner = {
    email,
    password,
    name: options.name ?? email.split('@')[0] ?? email,
    workspaceName: options.workspace ?? 'Workspace',
  };
  const id = await createOwner(config, owner);
  return { data: { id, email }, text: `${email} is the owner of this installation.` };
}
