import { Group, Stack, Text } from '@mantine/core';
import { IconCheck, IconHourglass, IconLoader2, IconX, type TablerIcon } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { routes, type FlowSourceInfo } from '@fettle/contract';
import type { Flow } from '@fettle/definition';
import type { FlowTriggerManifest } from '@fettle/sdk';
import { useClient } from '../../../api/client.ts';
import { relativeTime } from '@fettle/runtime';
import { useDesign, useDraft } from '../../design-context.ts';
import { sourceDetail } from './source-detail.ts';
import styles from '../runs/runs.module.css';

/** How often it is looked at again, in milliseconds. */
const pace = 3_000;

const looks: Readonly<
  Record<FlowSourceInfo['state'], { readonly text: string; readonly Icon: TablerIcon; readonly tone: string }>
> = {
  waiting: { text: 'Waits for a worker', Icon: IconHourglass, tone: 'wait' },
  connecting: { text: 'Connecting', Icon: IconLoader2, tone: 'busy' },
  connected: { text: 'Connected', Icon: IconCheck, tone: 'good' },
  failed: { text: 'Does not work', Icon: IconX, tone: 'bad' },
};

/** How the trigger of the live release is: whether it listens or looks, what it brought last, and what is wrong with it. */
export function SourceState({ flow, manifest }: { readonly flow: Flow; readonly manifest: FlowTriggerManifest }) {
  const client = useClient();
  const { appId } = useDesign();
  const isLive = useDraft((state) => state.info.live !== null);
  const { data, isError } = useQuery({
    queryKey: ['flow-sources', appId],
    queryFn: ({ signal }) => client.call(routes.flows.sources, { params: { appId }, signal }),
    enabled: isLive,
    staleTime: 0,
    refetchInterval: pace,
  });
  const source = data?.sources.find(({ flow: id, type }) => id === flow.id && type === flow.trigger.type);
  if (!isLive) return <Quiet>It begins when the app is published.</Quiet>;
  if (isError && data === undefined) return <Quiet>How it is cannot be seen at the moment.</Quiet>;
  if (data === undefined) return undefined;
  if (source === undefined)
    return <Quiet>The live release does not start the flow this way yet. Publish to begin.</Quiet>;
  return <SourceLine source={source} isPolled={manifest.source === 'poll'} />;
}

/** One source in a line, and what there is to say of it. */
export function SourceLine({ source, isPolled }: { readonly source: FlowSourceInfo; readonly isPolled: boolean }) {
  const { text, Icon, tone } = looks[source.state];
  const { error } = source;
  return (
    <Stack gap={4} role="status" aria-label="State of the trigger">
      <Group gap={8} wrap="nowrap">
        <span className={styles['mark']} data-tone={tone}>
          <Icon size={14} aria-hidden />
        </span>
        <Text size="sm" fw={500}>
          {isPolled && source.state === 'connected' ? 'Looks for rows' : text}
        </Text>
        <Text size="xs" c="dimmed">
          {relativeTime(source.since)}
        </Text>
      </Group>
      {error !== undefined && (
        <Text size="xs" c="var(--fettle-danger-text)" style={{ overflowWrap: 'anywhere' }}>
          {error.message}
        </Text>
      )}
      {error?.hint !== undefined && (
        <Text size="xs" c="dimmed">
          {error.hint}
        </Text>
      )}
      <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {sourceDetail(source)}
      </Text>
    </Stack>
  );
}

function Quiet({ children }: { readonly children: string }) {
  return (
    <Text size="xs" c="dimmed" role="status" aria-label="State of the trigger">
      {children}
    </Text>
  );
}
