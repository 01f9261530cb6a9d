import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { routes, type StoredSecretInfo } from '@fettle/contract';
import { useClient } from '../api/client.ts';
import { useWorkspace } from '../shell/workspace.tsx';

/** Where a secret counts. */
export type SecretEnvironment = StoredSecretInfo['environment'];

/** Both, in the order they are shown in. */
export const secretEnvironments: readonly SecretEnvironment[] = ['development', 'production'];

/** Stored secrets of the workspace, by name. */
export function useSecrets() {
  const client = useClient();
  const { id: workspaceId } = useWorkspace();
  return useQuery({
    queryKey: ['secrets', workspaceId],
    queryFn: ({ signal }) => client.call(routes.storedSecrets.list, { params: { workspaceId }, signal }),
    select: ({ secrets }) => byName(secrets),
  });
}

/** A secret with what is known of it in each environment. */
export interface NamedSecret {
  readonly name: string;
  readonly in: Readonly<Partial<Record<SecretEnvironment, StoredSecretInfo>>>;
}

function byName(secrets: readonly StoredSecretInfo[]): readonly NamedSecret[] {
  const names = [...new Set(secrets.map(({ name }) => name))].sort((a, b) => a.localeCompare(b));
  return names.map((name) => ({
    name,
    in: Object.fromEntries(
      secrets.filter((secret) => secret.name === name).map((secret) => [secret.environment, secret]),
    ),
  }));
}

/** Stores a value under a name, in one environment or in both. */
export function useSaveSecret(onSaved: (name: string) => void) {
  const client = useClient();
  const queries = useQueryClient();
  const { id: workspaceId } = useWorkspace();
  return useMutation({
    mutationFn: async (secret: {
      readonly name: string;
      readonly value: string;
      readonly environments: readonly SecretEnvironment[];
    }) => {
      for (const environment of secret.environments) {
        const params = { workspaceId, environment, secret: secret.name };
        await client.call(routes.storedSecrets.save, { params, body: { value: secret.value } });
      }
      return secret.name;
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['secrets', workspaceId] }),
    onSuccess: onSaved,
  });
}

/** Deletes a secret wherever it is stored. */
export function useDeleteSecret(onDeleted: () => void) {
  const client = useClient();
  const queries = useQueryClient();
  const { id: workspaceId } = useWorkspace();
  return useMutation({
    mutationFn: async ({ name, in: places }: NamedSecret) => {
      for (const environment of secretEnvironments) {
        if (places[environment] === undefined) continue;
        await client.call(routes.storedSecrets.remove, { params: { workspaceId, environment, secret: name } });
      }
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['secrets', workspaceId] }),
    onSuccess: onDeleted,
  });
}
