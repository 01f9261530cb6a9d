import { Alert, Badge, Button, Group, Paper, Stack, Switch, Text, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { FlowAlert, FlowHealth } from '@fettle/contract';
import { relativeTime } from '@fettle/runtime';
import { useMembers } from '../../members/use-members.ts';
import { notifyError } from '../../shell/notify.ts';
import { titleOfFlow } from '../use-operations.ts';
import { conditionText, receiversText } from './alert-words.ts';
import { useAlertChanges } from './use-alerts.ts';

/** One alert: when it tells whom, whether it holds now, and what can be done with it. */
export function AlertCard(props: {
  readonly appId: string;
  readonly alert: FlowAlert;
  readonly flows: FlowHealth['flows'];
  readonly onEdit: () => void;
  readonly onRemove: () => void;
}) {
  const { appId, alert, flows } = props;
  const members = useMembers().data?.members ?? [];
  const { save } = useAlertChanges(appId);
  const { id, firing, problem, ...settings } = alert;
  const flow = alert.flow === null ? undefined : titleOfFlow(flows, alert.flow);
  const told = receiversText(settings, {
    person: (person) => members.find(({ userId, email }) => userId === person || email === person)?.name ?? person,
    flow: (one) => titleOfFlow(flows, one),
  });
  return (
    <Paper withBorder p="md" component="li" aria-label={alert.name}>
      <Stack gap="xs">
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <div>
            <Group gap="xs">
              <Title order={2} size="h5">
                {alert.name}
              </Title>
              {!alert.isOn ? (
                <Badge variant="light" color="gray">
                  Off
                </Badge>
              ) : firing.length > 0 ? (
                <Badge variant="light" color="red">
                  Holds now
                </Badge>
              ) : (
                <Badge variant="light" color="green">
                  All is well
                </Badge>
              )}
            </Group>
            <Text size="sm">{conditionText(settings, flow)}</Text>
            <Text size="sm" c="dimmed">
              {told}
            </Text>
          </div>
          <Switch
            aria-label={`${alert.name} is on`}
            checked={save.isPending ? save.variables.settings.isOn : alert.isOn}
            disabled={save.isPending}
            onChange={(event) =>
              save.mutate(
                { id, settings: { ...settings, isOn: event.currentTarget.checked } },
                { onError: (error) => notifyError(error, 'The alert stays as it was') },
              )
            }
          />
        </Group>
        {firing.map((one) => (
          <Text key={one.flow} size="sm" c="red">
            <IconAlertTriangle size={13} aria-hidden style={{ verticalAlign: '-2px' }} /> {titleOfFlow(flows, one.flow)}
            , {relativeTime(new Date(one.since).toISOString())}: {one.message}
          </Text>
        ))}
        {problem !== null && (
          <Alert color="yellow" title="The last message did not arrive">
            {problem}
          </Alert>
        )}
        <Group gap={4} ml={-8}>
          <Button size="compact-sm" variant="subtle" onClick={props.onEdit} aria-label={`Change ${alert.name}`}>
            Change
          </Button>
          <Button
            size="compact-sm"
            variant="subtle"
            color="red"
            onClick={props.onRemove}
            aria-label={`Remove ${alert.name}`}
          >
            Remove
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}
