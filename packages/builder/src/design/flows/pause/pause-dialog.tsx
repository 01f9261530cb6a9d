import { useState } from 'react';
import { Button, Group, Modal, Radio, Stack, Text, TextInput } from '@mantine/core';
import { labelFromName } from '@fettle/base';
import type { Environment } from '@fettle/contract';
import type { Flow } from '@fettle/definition';
import { usePausing } from './use-pauses.ts';

/** Asks how a flow is to be paused. */
export function PauseDialog({
  flow,
  isOpen,
  onClose,
}: {
  readonly flow: Flow;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  return (
    <Modal opened={isOpen} onClose={onClose} title={`Pause ${labelFromName(flow.name)}`} size={460}>
      <PauseForm flow={flow} onClose={onClose} />
    </Modal>
  );
}

function PauseForm({ flow, onClose }: { readonly flow: Flow; readonly onClose: () => void }) {
  const { pause } = usePausing(flow.id);
  const [environment, setEnvironment] = useState<Environment>('production');
  const [refuses, setRefuses] = useState(false);
  const [note, setNote] = useState('');
  const isScheduled = flow.trigger.type === 'core/schedule';
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        pause.mutate({ environment, refuses, note }, { onSuccess: onClose });
      }}
    >
      <Stack gap="md">
        <Text size="sm">
          Runs that have begun go on to their end. Nothing new begins until somebody resumes the flow.
        </Text>
        <Radio.Group
          label="Where"
          value={environment}
          onChange={(value) => setEnvironment(value === 'development' ? 'development' : 'production')}
        >
          <Stack gap={6} mt={6}>
            <Radio value="production" label="In the live app" data-autofocus />
            <Radio value="development" label="In previews and test runs" />
          </Stack>
        </Radio.Group>
        <Radio.Group
          label="What starts it meanwhile"
          value={refuses ? 'refuse' : 'keep'}
          onChange={(value) => setRefuses(value === 'refuse')}
        >
          <Stack gap={6} mt={6}>
            <Radio value="keep" label="Waits" description="It begins when the flow is resumed. Webhooks get 202." />
            <Radio
              value="refuse"
              label="Is refused where somebody hears of it"
              description="Apps and webhooks get an error they can show or try again on. Everything else waits."
            />
          </Stack>
        </Radio.Group>
        {isScheduled && (
          <Text size="xs" c="dimmed">
            Its schedule makes no starts meanwhile. What was missed is made up for as the trigger says.
          </Text>
        )}
        <TextInput
          label="Why"
          description="Others see it beside your name."
          maxLength={500}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={pause.isPending}>
            Pause flow
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
