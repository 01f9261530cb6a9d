import { useMutation, useQueryClient } from '@tanstack/react-query';
import { routes, type DataSourceInfo, type RouteInput } from '@fettle/contract';
import { useClient } from '../../api/client.ts';
import { notifyError, notifySuccess } from '../../shell/notify.ts';
import { useWorkspace } from '../../shell/workspace.tsx';

/** Changes a data source and reads again what depends on it. */
export function useUpdateSource(source: DataSourceInfo, doneText: string) {
  const client = useClient();
  const queries = useQueryClient();
  const { id: workspaceId } = useWorkspace();
  return useMutation({
    mutationFn: (body: RouteInput<typeof routes.dataSources.update>['body']) =>
      client.call(routes.dataSources.update, { params: { workspaceId, dataSource: source.id }, body }),
    onSuccess: async (_, body) => {
      notifySuccess(doneText);
      await queries.invalidateQueries({ queryKey: ['data-sources', workspaceId] });
      if (body.environment !== undefined)
        await queries.invalidateQueries({ queryKey: ['schema', workspaceId, source.id] });
    },
    onError: (error) => notifyError(error, 'The change was not saved'),
  });
}
