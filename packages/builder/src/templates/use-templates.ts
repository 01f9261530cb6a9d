import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { routes, type InstallUnderWay, type RouteInput } from '@fettle/contract';
import { useClient } from '../api/client.ts';
import { useWorkspace } from '../shell/workspace.tsx';

/** The templates that come with the installation. */
export function useTemplates() {
  const client = useClient();
  const { id: workspaceId } = useWorkspace();
  return useQuery({
    queryKey: ['templates', workspaceId],
    queryFn: ({ signal }) => client.call(routes.templates.list, { params: { workspaceId }, signal }),
  });
}

/** One template. */
export function useTemplate(template: string) {
  const client = useClient();
  const { id: workspaceId } = useWorkspace();
  return useQuery({
    queryKey: ['templates', workspaceId, template],
    queryFn: async ({ signal }) => {
      const reply = await client.call(routes.templates.read, { params: { workspaceId, template }, signal });
      return reply.template;
    },
  });
}

/** How far an install is; undefined before it has begun and when nobody knows. */
export function useInstallProgress(watchKey: string | undefined): InstallUnderWay | undefined {
  const client = useClient();
  const { id: workspaceId } = useWorkspace();
  const { data } = useQuery({
    queryKey: ['template-installs', workspaceId, watchKey],
    queryFn: ({ signal }) => client.call(routes.templates.installs, { params: { workspaceId }, signal }),
    enabled: watchKey !== undefined,
    refetchInterval: 300,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
  return data?.installs.find((install) => install.watchKey === watchKey);
}

/** Makes an app of a template. */
export function useInstallTemplate(template: string) {
  const client = useClient();
  const queries = useQueryClient();
  const { id: workspaceId } = useWorkspace();
  return useMutation({
    mutationFn: (body: RouteInput<typeof routes.templates.install>['body']) =>
      client.call(routes.templates.install, { params: { workspaceId, template }, body }),
    onSuccess: () => queries.invalidateQueries(),
  });
}

/** The address of a picture of a screen. */
export function useScreenshotUrl(template: string): (file: string) => string {
  const client = useClient();
  const { id: workspaceId } = useWorkspace();
  return (file) => client.url(routes.templates.screenshot, { params: { workspaceId, template, file } });
}
