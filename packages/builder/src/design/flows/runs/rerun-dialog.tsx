import { useState } from 'react';
import { Alert, Button, Group, JsonInput, Modal, SegmentedControl, Select, Stack, Switch, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { AppError, labelFromName, type Json } from '@fettle/base';
import { routes, type FlowJournalEntry, type FlowRunDetails } from '@fettle/contract';
import { useClient } from '../../../api/client.ts';
import { useDesign } from '../../design-context.ts';
import { turnOf } from './step-run.ts';

/** Where a run is to begin again: with the first step, the one that failed, or one that was chosen. */
export type RerunPlace =
  | { readonly kind: 'start' | 'failed' }
  | { readonly kind: 'step'; readonly entry: FlowJournalEntry };

/** Asks how a run is to be played again, and starts it. Shown while there is a place. */
export function RerunDialog({
  run,
  place,
  onClose,
}: {
  readonly run: FlowRunDetails;
  readonly place: RerunPlace | undefined;
  readonly onClose: () => void;
}) {
  return (
    <Modal opened={place !== undefined} onClose={onClose} title="Run again" size={520}>
      {place !== undefined && <RerunForm run={run} place={place} onClose={onClose} />}
    </Modal>
  );
}

type Version = 'same' | 'current';

function RerunForm({
  run,
  place,
  onClose,
}: {
  readonly run: FlowRunDetails;
  readonly place: RerunPlace;
  readonly onClose: () => void;
}) {
  const client = useClient();
  const { appId, session, view } = useDesign();
  const [from, setFrom] = useState(place.kind);
  const [version, setVersion] = useState<Version>('current');
  const [text, setText] = useState<string>();
  const trigger = text === undefined ? undefined : parse(text);
  const isUnreadable = text !== undefined && trigger === undefined;
  const start = useMutation({
    mutationFn: async () => {
      // The draft as it is now is what the server has: what was just edited must be there.
      if (version === 'current' && run.environment === 'development') await session.flush();
      return client.call(routes.flows.rerun, {
        params: { appId, run: run.id },
        body: {
          version,
          ...(trigger === undefined ? {} : { trigger: trigger.value }),
          ...(from === 'failed' ? { fromFailed: true } : {}),
          ...(from === 'step' && place.kind === 'step' ? { from: place.entry.path } : {}),
        },
      });
    },
    onSuccess: ({ run: id }) => {
      view.setState({ run: id });
      onClose();
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!isUnreadable) start.mutate();
      }}
    >
      <Stack gap="md">
        <Select
          label="Begin with"
          allowDeselect={false}
          data={placesOf(run, place)}
          value={from}
          onChange={(value) => setFrom((value ?? 'start') as RerunPlace['kind'])}
          description={
            from === 'start'
              ? 'Every step is done again, also those whose effects are there already.'
              : 'What the steps before it found is taken over from this run. They are not done again.'
          }
          inputWrapperOrder={['label', 'input', 'description']}
          data-autofocus
        />
        <div>
          <Text size="sm" fw={500} id="rerun-version">
            The flow
          </Text>
          <SegmentedControl
            fullWidth
            mt={4}
            aria-labelledby="rerun-version"
            data={[
              {
                value: 'current',
                label: run.environment === 'production' ? 'As it is published now' : 'As it is now',
              },
              { value: 'same', label: 'As it was then' },
            ]}
            value={version}
            onChange={(value) => setVersion(value as Version)}
          />
        </div>
        <Switch
          label="With other input"
          checked={text !== undefined}
          onChange={(event) => setText(event.currentTarget.checked ? JSON.stringify(run.trigger, null, 2) : undefined)}
        />
        {text !== undefined && (
          <JsonInput
            label="What the trigger brings"
            autosize
            minRows={4}
            maxRows={14}
            value={text}
            error={isUnreadable ? 'This is not JSON yet.' : false}
            onChange={setText}
          />
        )}
        {start.isError && (
          <Alert color="red" title="The run was not started again" role="alert">
            {start.error.message} {start.error instanceof AppError && start.error.hint}
          </Alert>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={start.isPending} disabled={isUnreadable}>
            {run.isDryRun ? 'Run dry again' : 'Run again'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function placesOf(run: FlowRunDetails, place: RerunPlace): { value: RerunPlace['kind']; label: string }[] {
  const name = run.error?.step;
  const failed = name === undefined ? 'The step that was under way' : `The step that failed: ${labelFromName(name)}`;
  return [
    ...(place.kind === 'step' ? [{ value: 'step' as const, label: titleOf(place.entry) }] : []),
    ...(run.state === 'succeeded' ? [] : [{ value: 'failed' as const, label: failed }]),
    { value: 'start' as const, label: 'The first step' },
  ];
}

function titleOf(entry: FlowJournalEntry): string {
  const turn = turnOf(entry.scope);
  return `${labelFromName(entry.name)}${turn === undefined ? '' : `, turn ${turn + 1}`}`;
}

function parse(text: string): { readonly value: Json } | undefined {
  try {
    return { value: JSON.parse(text) as Json };
  } catch {
    return undefined;
  }
}
