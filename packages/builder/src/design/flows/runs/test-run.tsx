import { useState } from 'react';
import { Button, Group, JsonInput, Modal, Stack, Switch, Text } from '@mantine/core';
import { IconHistory, IconPlayerPlay } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { Json } from '@fettle/base';
import { routes } from '@fettle/contract';
import type { Flow } from '@fettle/definition';
import { useClient } from '../../../api/client.ts';
import { notifyError } from '../../../shell/notify.ts';
import { useDesign, useView } from '../../design-context.ts';
import { PauseButton } from '../pause/pause-button.tsx';
import { useSampleTrigger } from '../scope/use-sample-trigger.ts';
import { TestsButton } from '../tests/tests-button.tsx';
import { useShownRun } from './use-runs.ts';

/** Tries the flow with sample data, and opens its runs. */
export function RunButtons({ flow }: { readonly flow: Flow }) {
  const { view } = useDesign();
  const isRunsOpen = useView((state) => state.isRunsOpen);
  const [isAsking, setIsAsking] = useState(false);
  return (
    <Group gap={6} wrap="nowrap">
      <Button size="xs" variant="default" leftSection={<IconPlayerPlay size={14} />} onClick={() => setIsAsking(true)}>
        Test run
      </Button>
      <Button
        size="xs"
        variant={isRunsOpen ? 'light' : 'subtle'}
        color={isRunsOpen ? 'accent' : 'gray'}
        leftSection={<IconHistory size={14} />}
        aria-pressed={isRunsOpen}
        onClick={() => view.setState({ isRunsOpen: !isRunsOpen, ...(isRunsOpen ? { run: undefined } : {}) })}
      >
        Runs
      </Button>
      <PauseButton flow={flow} />
      <TestsButton flow={flow} />
      <Modal opened={isAsking} onClose={() => setIsAsking(false)} title="Test run" size={520}>
        <TestRunForm flow={flow} onClose={() => setIsAsking(false)} />
      </Modal>
    </Group>
  );
}

/** What was tried last with each flow, so that trying again takes one press. */
const lastTried = new Map<string, { readonly text: string; readonly isDryRun: boolean }>();

function TestRunForm({ flow, onClose }: { readonly flow: Flow; readonly onClose: () => void }) {
  const client = useClient();
  const { appId, session, view } = useDesign();
  const shown = useShownRun();
  const before = lastTried.get(flow.id);
  const sample = useSampleTrigger(flow);
  const [text, setText] = useState(before?.text ?? JSON.stringify(sample, null, 2));
  const [isDryRun, setIsDryRun] = useState(before?.isDryRun ?? true);
  const trigger = parse(text);
  const start = useMutation({
    mutationFn: async () => {
      // The server runs what it has: what was just edited must be there.
      await session.flush();
      return client.call(routes.flows.startDraft, {
        params: { appId, flow: flow.id },
        body: { trigger: trigger ?? {}, isDryRun },
      });
    },
    onSuccess: ({ run }) => {
      lastTried.set(flow.id, { text, isDryRun });
      view.setState({ run: run.id, isRunsOpen: true });
      onClose();
    },
    onError: (error) => notifyError(error, 'The flow was not started'),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (trigger !== undefined) start.mutate();
      }}
    >
      <Stack gap="md">
        <JsonInput
          label="What the trigger brings"
          description="An example; steps read it as trigger."
          autosize
          minRows={6}
          maxRows={18}
          value={text}
          error={trigger === undefined ? 'This is not JSON yet.' : false}
          onChange={setText}
          data-autofocus
        />
        {shown !== undefined && (
          <Button
            size="compact-xs"
            variant="subtle"
            style={{ alignSelf: 'flex-start' }}
            onClick={() => setText(JSON.stringify(shown.run.trigger, null, 2))}
          >
            Take it from the run that is shown
          </Button>
        )}
        <div>
          <Switch label="Dry run" checked={isDryRun} onChange={(event) => setIsDryRun(event.currentTarget.checked)} />
          <Text size="xs" c="dimmed" mt={4}>
            {isDryRun
              ? 'Rows are read, changes to rows are taken back at the end, and everything else is shown and not done.'
              : 'Everything is really done, on development data.'}
          </Text>
        </div>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={start.isPending} disabled={trigger === undefined}>
            {isDryRun ? 'Run dry' : 'Run'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
