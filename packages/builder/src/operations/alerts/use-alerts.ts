import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { routes, type FlowAlertSettings } from '@fettle/contract';
import { useClient } from '../../api/client.ts';

const paceMs = 15_000;

/** The alerts of an app and what holds now; looked at again and again. */
export function useAlerts(appId: string) {
  const client = useClient();
  return useQuery({
    queryKey: ['flow-alerts', appId],
    queryFn: ({ signal }) => client.call(routes.flowAlerts.list, { params: { appId }, signal }),
    refetchInterval: ({ state }) => (state.status === 'error' ? false : paceMs),
    staleTime: 0,
  });
}

/** Adding, changing and removing alerts. */
export function useAlertChanges(appId: string) {
  const client = useClient();
  const queries = useQueryClient();
  const onSettled = () => queries.invalidateQueries({ queryKey: ['flow-alerts', appId] });
  const save = useMutation({
    mutationFn: async ({ id, settings }: { readonly id: string | undefined; readonly settings: FlowAlertSettings }) => {
      if (id === undefined) await client.call(routes.flowAlerts.create, { params: { appId }, body: settings });
      else await client.call(routes.flowAlerts.update, { params: { appId, alert: id }, body: settings });
    },
    onSettled,
  });
  const remove = useMutation({
    mutationFn: (alert: string) => client.call(routes.flowAlerts.remove, { params: { appId, alert } }),
    onSettled,
  });
  return { save, remove };
}
