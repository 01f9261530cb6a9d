import { Button } from '@mantine/core';
import { IconTestPipe } from '@tabler/icons-react';
import type { FlowRunDetails } from '@fettle/contract';
import { useApp } from '../../design-context.ts';
import { useMakeTest } from './use-run-tests.ts';

/** Makes a test of a run. Of one that was cancelled or is under way there is nothing to expect. */
export function MakeTestButton({ run }: { readonly run: FlowRunDetails }) {
  const make = useMakeTest();
  const isHere = useApp((app) => app.flows[run.flowId] !== undefined);
  if (!isHere || (run.state !== 'succeeded' && run.state !== 'failed' && run.state !== 'waiting')) return null;
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconTestPipe size={14} />}
      loading={make.isPending}
      style={{ flex: 'none' }}
      onClick={() => make.mutate(run.id)}
    >
      Make a test
    </Button>
  );
}
