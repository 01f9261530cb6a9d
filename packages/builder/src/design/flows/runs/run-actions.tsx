import { Button } from '@mantine/core';
import { IconPlayerStop, IconRefresh } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { routes, type FlowRunDetails } from '@fettle/contract';
import { useClient } from '../../../api/client.ts';
import { notifyError } from '../../../shell/notify.ts';
import { useDesign } from '../../design-context.ts';
import { isOver } from './use-runs.ts';

/** Stops what is under way, starts again what is over. */
export function RunActions({ run, onAgain }: { readonly run: FlowRunDetails; readonly onAgain: () => void }) {
  const client = useClient();
  const { appId } = useDesign();
  const queries = useQueryClient();
  const cancel = useMutation({
    mutationFn: () => client.call(routes.flows.cancel, { params: { appId, run: run.id } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['flow-run', appId, run.id] }),
    onError: (error) => notifyError(error, 'The run was not cancelled'),
  });
  if (isOver(run.state)) {
    return (
      <Button
        size="xs"
        variant="default"
        leftSection={<IconRefresh size={14} />}
        style={{ flex: 'none' }}
        onClick={onAgain}
      >
        Run again
      </Button>
    );
  }
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconPlayerStop size={14} />}
      loading={cancel.isPending}
      style={{ flex: 'none' }}
      onClick={() => cancel.mutate()}
    >
      Cancel run
    </Button>
  );
}
