import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { WorkspaceMember } from '@fettle/contract';
import { useUser } from '../api/session.tsx';
import { notifySuccess } from '../shell/notify.ts';
import { useMemberChanges } from './use-members.ts';

/** Removing a member ends their rights at once; what they made stays. */
export function RemoveMemberDialog({
  member,
  onClose,
}: {
  readonly member: WorkspaceMember | undefined;
  readonly onClose: () => void;
}) {
  const { remove } = useMemberChanges();
  const user = useUser();
  const isSelf = member?.userId === user.id;
  const confirm = (): void => {
    if (member === undefined) return;
    remove.mutate(member.userId, {
      onSuccess: () => {
        onClose();
        notifySuccess(`${member.name} is removed.`);
        // Without the workspace there is nothing left here to show.
        if (isSelf) window.location.assign('/');
      },
    });
  };
  return (
    <Modal
      opened={member !== undefined}
      onClose={onClose}
      title={isSelf ? 'Leave the workspace?' : `Remove ${member?.name ?? ''}?`}
      centered
      size="sm"
    >
      <Stack gap="sm">
        <Text size="sm">
          {isSelf
            ? 'You lose access to the workspace, its apps and its data at once.'
            : 'They lose access to the workspace, its apps and its data at once.'}{' '}
          Apps and data sources stay. Their API keys stop working.
        </Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            Cancel
          </Button>
          <Button color="red" loading={remove.isPending} onClick={confirm}>
            {isSelf ? 'Leave' : 'Remove'}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
