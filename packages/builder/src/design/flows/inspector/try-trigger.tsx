import { Button, Group, Stack, Text } from '@mantine/core';
import { IconDownload, IconPlayerPlay } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { routes } from '@fettle/contract';
import type { Flow } from '@fettle/definition';
import { AppError } from '@fettle/base';
import { useClient } from '../../../api/client.ts';
import { notifyError } from '../../../shell/notify.ts';
import { useDesign } from '../../design-context.ts';
import { keepFetched, useFetchedTrigger } from '../scope/fetched-trigger.ts';

/** Fetches what would start the flow now, as its example, and lets the flow run dry with it. */
export function TryTrigger({ flow }: { readonly flow: Flow }) {
  const client = useClient();
  const { appId, session, view } = useDesign();
  const fetched = useFetchedTrigger(flow);
  const look = useMutation({
    mutationFn: async () => {
      // The server looks with what it has: what was just edited must be there.
      await session.flush();
      return client.call(routes.flows.tryTrigger, { params: { appId, flow: flow.id } });
    },
    onSuccess: ({ trigger }) => {
      if (trigger !== undefined) keepFetched(flow, trigger);
    },
  });
  const run = useMutation({
    mutationFn: async () => {
      await session.flush();
      const body = { trigger: fetched ?? {}, isDryRun: true };
      return client.call(routes.flows.startDraft, { params: { appId, flow: flow.id }, body });
    },
    onSuccess: (started) => view.setState({ run: started.run.id, isRunsOpen: true }),
    onError: (error) => notifyError(error, 'The flow was not started'),
  });
  return (
    <Stack gap={6}>
      <Group gap={6}>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconDownload size={14} />}
          loading={look.isPending}
          onClick={() => look.mutate()}
        >
          Try now
        </Button>
        {fetched !== undefined && (
          <Button
            size="xs"
            leftSection={<IconPlayerPlay size={14} />}
            loading={run.isPending}
            onClick={() => run.mutate()}
          >
            Run dry with it
          </Button>
        )}
      </Group>
      <div role="status" aria-label="What was fetched">
        <Found look={look} isThere={fetched !== undefined} />
      </div>
    </Stack>
  );
}

function Found({
  look,
  isThere,
}: {
  readonly look: {
    readonly isPending: boolean;
    readonly error: Error | null;
    readonly data: { readonly trigger?: unknown } | undefined;
  };
  readonly isThere: boolean;
}) {
  const { error, data } = look;
  if (look.isPending) return <Quiet>Looking for what waits …</Quiet>;
  if (error !== null)
    return (
      <>
        <Text size="xs" c="var(--fettle-danger-text)" style={{ overflowWrap: 'anywhere' }}>
          {error.message}
        </Text>
        {error instanceof AppError && error.hint !== undefined && <Quiet>{error.hint}</Quiet>}
      </>
    );
  if (data !== undefined && data.trigger === undefined)
    return (
      <Quiet>
        There is nothing at the moment. Send something there and try again; what is only passed on, such as notices,
        must come while it is looked for.
      </Quiet>
    );
  if (isThere) return <Quiet>This came from there just now. It stays where it was: nothing was taken away.</Quiet>;
  return <Quiet>Fetches the newest there is, with what is set for development, and takes nothing away.</Quiet>;
}

function Quiet({ children }: { readonly children: string }) {
  return (
    <Text size="xs" c="dimmed">
      {children}
    </Text>
  );
}
