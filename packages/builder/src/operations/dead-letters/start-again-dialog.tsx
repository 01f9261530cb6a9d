import { useEffect, useRef, useState } from 'react';
import { Alert, Button, Group, Modal, Progress, Radio, Stack, Text } from '@mantine/core';
import { routes } from '@fettle/contract';
import { useClient } from '../../api/client.ts';
import { notifyError } from '../../shell/notify.ts';
import { useLettersRefresh, type LetterChoice } from './use-dead-letters.ts';

interface Props {
  readonly appId: string;
  readonly choice: LetterChoice | undefined;
  readonly onClose: () => void;
  /** Something was started. */
  readonly onDone: () => void;
}

/** Asks how dead letters are started again, and starts them. */
export function StartAgainDialog(props: Props) {
  const { choice, onClose } = props;
  return (
    <Modal
      opened={choice !== undefined}
      onClose={onClose}
      title={`Start ${lettersText(choice?.count ?? 0)} again`}
      size={480}
      centered
    >
      {choice !== undefined && <StartForm {...props} choice={choice} />}
    </Modal>
  );
}

interface Outcome {
  readonly started: number;
  readonly refused: readonly { readonly message: string; readonly hint?: string }[];
  readonly isOver: boolean;
}

function StartForm({ appId, choice, onClose, onDone }: Props & { readonly choice: LetterChoice }) {
  const client = useClient();
  const refresh = useLettersRefresh(appId);
  const [from, setFrom] = useState<'failed' | 'start'>('failed');
  const [version, setVersion] = useState<'current' | 'same'>('current');
  const [outcome, setOutcome] = useState<Outcome>();
  const stopping = useRef(new AbortController());
  useEffect(() => () => stopping.current.abort(), []);
  const start = async (): Promise<void> => {
    const { signal } = stopping.current;
    let known: Outcome = { started: 0, refused: [], isOver: false };
    setOutcome(known);
    try {
      for (;;) {
        const reply = await client.call(routes.deadLetters.retry, {
          params: { appId },
          body: { ...choice.body, version, fromFailed: from === 'failed' },
          signal,
        });
        // Those that are refused stay on the list, and would be refused again.
        const isOver = !reply.hasMore || reply.started === 0;
        known = {
          started: known.started + reply.started,
          refused: isOver ? reply.refused : known.refused,
          isOver,
        };
        setOutcome(known);
        if (isOver) break;
      }
    } catch (error) {
      setOutcome({ ...known, isOver: true });
      if (!signal.aborted) notifyError(error, 'Not all were started again');
    }
    refresh();
    onDone();
  };
  if (outcome !== undefined)
    return (
      <Stack gap="md">
        <Text size="sm" role="status">
          {outcome.started.toLocaleString()} of {choice.count.toLocaleString()} started again
          {outcome.refused.length > 0 && `, ${outcome.refused.length} refused`}
          {outcome.isOver ? '.' : '…'}
        </Text>
        <Progress
          value={((outcome.started + outcome.refused.length) / Math.max(1, choice.count)) * 100}
          aria-label="Dead letters started again"
        />
        {[...new Set(outcome.refused.map(({ message, hint }) => `${message} ${hint ?? ''}`))]
          .slice(0, 5)
          .map((text) => (
            <Alert key={text} color="yellow">
              {text}
            </Alert>
          ))}
        <Group justify="flex-end">
          {outcome.isOver ? (
            <Button onClick={onClose} data-autofocus>
              Close
            </Button>
          ) : (
            <Button variant="default" onClick={() => stopping.current.abort()}>
              Stop
            </Button>
          )}
        </Group>
      </Stack>
    );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void start();
      }}
    >
      <Stack gap="md">
        <Radio.Group label="Begin with" value={from} onChange={(value) => setFrom(value as typeof from)}>
          <Stack gap={6} mt={6}>
            <Radio
              value="failed"
              label="The step that failed"
              description="What came before it is not done again."
              data-autofocus
            />
            <Radio value="start" label="The first step" description="All steps are done again, with their effects." />
          </Stack>
        </Radio.Group>
        <Radio.Group label="On the flow" value={version} onChange={(value) => setVersion(value as typeof version)}>
          <Stack gap={6} mt={6}>
            <Radio value="current" label="As it is published now" />
            <Radio value="same" label="As it was when the run began" />
          </Stack>
        </Radio.Group>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit">Start {choice.count === 1 ? 'it' : choice.count.toLocaleString()} again</Button>
        </Group>
      </Stack>
    </form>
  );
}

/** So many dead letters, in words. */
export function lettersText(count: number): string {
  return count === 1 ? 'one dead letter' : `${count.toLocaleString()} dead letters`;
}
