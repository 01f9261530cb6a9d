import { createApiPerson, routes, type ApiPerson } from '@fettle/testing';
import { ownerLogin, startServerProcess, type ServerProcess, type ServerProcessOptions } from './server-process.ts';

/** The password of everybody who is not the owner. */
export const memberPassword = 'another long sentence';

/** A running product with its owner signed in. */
export interface Installation {
  readonly server: ServerProcess;
  readonly owner: ApiPerson;
  readonly workspaceId: string;
  /** Adds a person to the workspace and signs them in. */
  addPerson(email: string, role: 'member' | 'builder' | 'admin'): Promise<ApiPerson & { readonly userId: string }>;
}

/** Starts the product and signs its owner in. */
export async function startInstallation(options: ServerProcessOptions = {}): Promise<Installation> {
  const server = await startServerProcess(options);
  const owner = createApiPerson(server.url);
  await owner.signIn(ownerLogin.email, ownerLogin.password);
  const { user } = await owner.client.call(routes.account.session, {});
  const workspaceId = user?.workspaces[0]?.id ?? '';
  return {
    server,
    owner,
    workspaceId,
    addPerson: async (email, role) => {
      const body = { email, name: email.split('@')[0] ?? email, role, password: memberPassword };
      const { member } = await owner.client.call(routes.workspaces.addMember, { params: { workspaceId }, body });
      const person = createApiPerson(server.url);
      await person.signIn(email, memberPassword);
      return { ...person, userId: member.userId };
    },
  };
}
