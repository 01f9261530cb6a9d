import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { routes, type Environment, type FlowPause } from '@fettle/contract';
import { useClient } from '../../../api/client.ts';
import { notifyError, notifySuccess } from '../../../shell/notify.ts';
import { useDesign } from '../../design-context.ts';

/** How often others' pauses, and what they hold, are looked for, in milliseconds. */
const paceMs = 5000;

/** The pauses of a flow; of every flow of the app when none is named. */
export function usePauses(flow?: string): readonly FlowPause[] {
  const client = useClient();
  const { appId } = useDesign();
  const { data } = useQuery({
    queryKey: ['flow-pauses', appId],
    queryFn: ({ signal }) => client.call(routes.flows.pauses, { params: { appId }, signal }),
    refetchInterval: ({ state }) => (state.status === 'error' ? false : paceMs),
  });
  const all = data?.pauses ?? [];
  return flow === undefined ? all : all.filter((pause) => pause.flow === flow);
}

/** Pausing and resuming a flow. */
export function usePausing(flow: string) {
  const client = useClient();
  const queries = useQueryClient();
  const { appId } = useDesign();
  const params = { appId, flow };
  const refresh = async (): Promise<void> => {
    await queries.invalidateQueries({ queryKey: ['flow-pauses', appId] });
    await queries.invalidateQueries({ queryKey: ['flow-runs'] });
  };
  const pause = useMutation({
    mutationFn: (body: { environment: Environment; refuses: boolean; note: string }) =>
      client.call(routes.flows.pause, { params, body }),
    onSuccess: refresh,
    onError: (error) => notifyError(error, 'The flow was not paused'),
  });
  const resume = useMutation({
    mutationFn: (environment: Environment) => client.call(routes.flows.resume, { params, body: { environment } }),
    onSuccess: ({ released }) => {
      notifySuccess(
        released === 0
          ? 'The flow is resumed.'
          : released === 1
            ? 'The flow is resumed: one start begins now.'
            : `The flow is resumed: ${released.toLocaleString()} starts begin now.`,
      );
      return refresh();
    },
    onError: (error) => notifyError(error, 'The flow was not resumed'),
  });
  return { pause, resume };
}
