import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { routes } from '@fettle/contract';
import { useClient } from '../../api/client.ts';
import { notifyError, notifySuccess } from '../../shell/notify.ts';
import { lettersText } from './start-again-dialog.tsx';
import { useLettersRefresh, type LetterChoice } from './use-dead-letters.ts';

/** Asks before dead letters are taken off the list. */
export function DiscardDialog({
  appId,
  choice,
  onClose,
  onDone,
}: {
  readonly appId: string;
  readonly choice: LetterChoice | undefined;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const client = useClient();
  const refresh = useLettersRefresh(appId);
  const discard = useMutation({
    mutationFn: (body: LetterChoice['body']) => client.call(routes.deadLetters.discard, { params: { appId }, body }),
    onSuccess: ({ discarded }) => {
      notifySuccess(
        `${discarded === 1 ? 'One dead letter is' : `${discarded.toLocaleString()} dead letters are`} discarded.`,
      );
      onDone();
      onClose();
    },
    onError: (error) => notifyError(error, 'Nothing was discarded'),
    onSettled: refresh,
  });
  return (
    <Modal
      opened={choice !== undefined}
      onClose={onClose}
      title={`Discard ${lettersText(choice?.count ?? 0)}?`}
      centered
      size="sm"
    >
      <Stack gap="md">
        <Text size="sm">
          {choice?.count === 1 ? 'It leaves' : 'They leave'} this list for good and what was to be done stays undone.
          The runs stay among the runs of the flow, from where they can still be started again one by one.
        </Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            Keep {choice?.count === 1 ? 'it' : 'them'}
          </Button>
          <Button
            color="red"
            loading={discard.isPending}
            onClick={() => choice !== undefined && discard.mutate(choice.body)}
          >
            Discard
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
