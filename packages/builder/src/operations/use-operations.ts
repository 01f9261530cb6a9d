import { useQuery } from '@tanstack/react-query';
import { routes, type FlowHealth } from '@fettle/contract';
import { labelFromName } from '@fettle/base';
import { useClient } from '../api/client.ts';

/** How often the numbers are read again, in milliseconds. */
const paceMs = 10_000;

/** The app whose operations are shown. */
export function useAppInfo(appId: string) {
  const client = useClient();
  return useQuery({
    queryKey: ['app', appId],
    queryFn: ({ signal }) => client.call(routes.apps.read, { params: { appId }, signal }),
  });
}

/** How the flows of the app fare; read again and again while it is on screen. */
export function useFlowHealth(appId: string, period: FlowHealth['period']) {
  const client = useClient();
  return useQuery({
    queryKey: ['flow-health', appId, period],
    queryFn: ({ signal }) => client.call(routes.flowHealth.read, { params: { appId }, query: { period }, signal }),
    refetchInterval: ({ state }) => (state.status === 'error' ? false : paceMs),
    staleTime: 0,
  });
}

/** What a flow is called on screen. */
export function titleOfFlow(flows: FlowHealth['flows'] | undefined, id: string): string {
  const name = flows?.find(({ flow }) => flow === id)?.name;
  return name === undefined ? 'A flow that is gone' : labelFromName(name);
}
