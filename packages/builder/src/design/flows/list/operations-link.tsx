import { ActionIcon, Indicator, Tooltip } from '@mantine/core';
import { IconActivity } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { routes } from '@fettle/contract';
import { useClient } from '../../../api/client.ts';
import { useWorkspace } from '../../../shell/workspace.tsx';
import { useDesign } from '../../design-context.ts';

const paceMs = 60_000;

/** Leads to how the flows of the published app fare, and says when something there is to be seen to. */
export function OperationsLink() {
  const client = useClient();
  const { appId } = useDesign();
  const { slug } = useWorkspace();
  const { data } = useQuery({
    queryKey: ['dead-letter-count', appId],
    queryFn: ({ signal }) => client.call(routes.deadLetters.list, { params: { appId }, query: { limit: 1 }, signal }),
    refetchInterval: ({ state }) => (state.status === 'error' ? false : paceMs),
  });
  const letters = data?.counts.reduce((sum, { count }) => sum + count, 0) ?? 0;
  const words =
    letters === 0
      ? 'Health, dead letters and alerts'
      : `Health, ${letters === 1 ? 'one dead letter' : `${letters} dead letters`} and alerts`;
  return (
    <Tooltip label={words} openDelay={300}>
      <Indicator size={7} color="red" offset={5} disabled={letters === 0}>
        <ActionIcon
          component={Link}
          href={`/w/${slug}/apps/${appId}/operations${letters === 0 ? '' : '/dead-letters'}`}
          variant="subtle"
          color="gray"
          aria-label={words}
        >
          <IconActivity size={16} />
        </ActionIcon>
      </Indicator>
    </Tooltip>
  );
}
