import { AppError } from '@fettle/base';
import { routes, type ApiClient } from '@fettle/contract';

/** The workspace that a key is for. */
export interface Workspace {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
}

/** Finds the workspace of the key: a key has exactly one. */
export async function findWorkspace(client: ApiClient): Promise<Workspace> {
  const { apiKey } = await client.call(routes.account.session, {});
  if (apiKey !== undefined) return apiKey.workspace;
  throw new AppError('not-authenticated', {
    code: 'key.refused',
    message: 'The server does not know this API key.',
    hint: 'It may have been revoked or have expired. Make a new one under Settings, API keys, and run fettle login.',
  });
}
