import { useState } from 'react';
import { Alert, Button, Group, Modal, Skeleton, Stack, Text } from '@mantine/core';
import { IconBell, IconPlus } from '@tabler/icons-react';
import type { FlowAlert } from '@fettle/contract';
import { EmptyState } from '../../shell/empty-state.tsx';
import { ErrorState } from '../../shell/error-state.tsx';
import { notifyError, notifySuccess } from '../../shell/notify.ts';
import { useFlowHealth } from '../use-operations.ts';
import { AlertCard } from './alert-card.tsx';
import { AlertDialog } from './alert-dialog.tsx';
import { useAlertChanges, useAlerts } from './use-alerts.ts';
import styles from '../operations.module.css';

/** Who is told of which trouble with the flows of an app, and what holds now. */
export function AlertsTab({ appId }: { readonly appId: string }) {
  const alerts = useAlerts(appId);
  const flows = useFlowHealth(appId, 'day').data?.flows ?? [];
  const [edited, setEdited] = useState<FlowAlert | 'new'>();
  const [removed, setRemoved] = useState<FlowAlert>();
  if (alerts.isPending) return <Skeleton height={200} aria-busy="true" />;
  if (alerts.isError && alerts.data === undefined)
    return (
      <ErrorState error={alerts.error} title="The alerts could not be read" onRetry={() => void alerts.refetch()} />
    );
  const { alerts: all, hasMail } = alerts.data;
  const newButton = (
    <Button leftSection={<IconPlus size={14} />} onClick={() => setEdited('new')}>
      New alert
    </Button>
  );
  const tellsByMail = all.some(({ emails }) => emails.length > 0);
  return (
    <Stack gap="sm">
      {all.length === 0 ? (
        <EmptyState
          icon={<IconBell size={20} />}
          title="Nobody is told yet"
          text="An alert tells people when runs fail, a schedule is missed, or runs wait or take too long: by a notification, an e-mail, or by starting a flow."
        >
          {newButton}
        </EmptyState>
      ) : (
        <>
          <Group justify="space-between">
            <Text size="sm" c="dimmed">
              They look at the published app, every half minute.
            </Text>
            {newButton}
          </Group>
          {tellsByMail && !hasMail && (
            <Alert color="yellow" title="No e-mail is sent">
              The installation has no mail server. Its operator sets one with FETTLE_SMTP_URL and FETTLE_MAIL_FROM.
            </Alert>
          )}
          <ul className={styles['cards']} aria-label="Alerts">
            {all.map((alert) => (
              <AlertCard
                key={alert.id}
                appId={appId}
                alert={alert}
                flows={flows}
                onEdit={() => setEdited(alert)}
                onRemove={() => setRemoved(alert)}
              />
            ))}
          </ul>
        </>
      )}
      <AlertDialog appId={appId} edited={edited} flows={flows} hasMail={hasMail} onClose={() => setEdited(undefined)} />
      <RemoveDialog appId={appId} alert={removed} onClose={() => setRemoved(undefined)} />
    </Stack>
  );
}

function RemoveDialog({
  appId,
  alert,
  onClose,
}: {
  readonly appId: string;
  readonly alert: FlowAlert | undefined;
  readonly onClose: () => void;
}) {
  const { remove } = useAlertChanges(appId);
  return (
    <Modal opened={alert !== undefined} onClose={onClose} title={`Remove ${alert?.name ?? ''}?`} centered size="sm">
      <Stack gap="md">
        <Text size="sm">Nobody is told by it from then on. This cannot be undone; turning it off can.</Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            Keep it
          </Button>
          <Button
            color="red"
            loading={remove.isPending}
            onClick={() =>
              alert !== undefined &&
              remove.mutate(alert.id, {
                onSuccess: () => {
                  notifySuccess('The alert is removed.');
                  onClose();
                },
                onError: (error) => notifyError(error, 'The alert was not removed'),
              })
            }
          >
            Remove
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
