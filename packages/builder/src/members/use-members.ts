import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { WorkspaceRole } from '@fettle/access';
import { routes, type RouteInput } from '@fettle/contract';
import { useClient } from '../api/client.ts';
import { notifyError, notifySuccess } from '../shell/notify.ts';
import { useWorkspace } from '../shell/workspace.tsx';

type AddBody = RouteInput<typeof routes.workspaces.addMember>['body'];

/** The members of the workspace. */
export function useMembers() {
  const client = useClient();
  const { id: workspaceId } = useWorkspace();
  return useQuery({
    queryKey: ['members', workspaceId],
    queryFn: ({ signal }) => client.call(routes.workspaces.members, { params: { workspaceId }, signal }),
  });
}

/** Adding, changing and removing members. */
export function useMemberChanges() {
  const client = useClient();
  const queries = useQueryClient();
  const { id: workspaceId } = useWorkspace();
  const reload = () => queries.invalidateQueries({ queryKey: ['members', workspaceId] });
  const add = useMutation({
    mutationFn: (body: AddBody) => client.call(routes.workspaces.addMember, { params: { workspaceId }, body }),
    onSuccess: reload,
  });
  const setRole = useMutation({
    mutationFn: ({ userId, role }: { readonly userId: string; readonly role: WorkspaceRole }) =>
      client.call(routes.workspaces.updateMember, { params: { workspaceId, userId }, body: { role } }),
    onSuccess: ({ member }) => notifySuccess(`${member.name} is now ${member.role}.`),
    onError: (error) => notifyError(error, 'The role was not changed'),
    onSettled: reload,
  });
  const remove = useMutation({
    mutationFn: (userId: string) => client.call(routes.workspaces.removeMember, { params: { workspaceId, userId } }),
    onSuccess: reload,
    onError: (error) => notifyError(error, 'The member was not removed'),
  });
  return { add, setRole, remove };
}
