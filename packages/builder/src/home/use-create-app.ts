import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { routes, type RouteInput } from '@fettle/contract';
import { useClient } from '../api/client.ts';
import { notifyError } from '../shell/notify.ts';
import { useWorkspace } from '../shell/workspace.tsx';

/** Makes an app and opens it in the builder. */
export function useCreateApp() {
  const client = useClient();
  const queries = useQueryClient();
  const workspace = useWorkspace();
  const [, navigate] = useLocation();
  return useMutation({
    mutationFn: (body: RouteInput<typeof routes.apps.create>['body']) =>
      client.call(routes.apps.create, { params: { workspaceId: workspace.id }, body }),
    onSuccess: async ({ app }) => {
      navigate(`/edit/${app.id}`);
      await queries.invalidateQueries({ queryKey: ['apps', workspace.id] });
    },
    onError: (error) => notifyError(error, 'The app was not created'),
  });
}
