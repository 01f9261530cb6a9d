import { useId, useState } from 'react';
import { Badge, Button, Code, Collapse, Group, Paper, Stack, Switch, Text, Title } from '@mantine/core';
import type { PluginInfo } from '@fettle/contract';
import { libraryName } from '@fettle/expression';
import { relativeTime } from '@fettle/runtime';
import { notifyError } from '../shell/notify.ts';
import { PermissionList } from './permission-list.tsx';
import { contributionWords, kindWord, signerWords, sourceWords } from './plugin-words.ts';
import { PluginUses } from './remove-plugin-dialog.tsx';
import { TrustComponents } from './trust-components.tsx';
import { UpdateNotice } from './update-notice.tsx';
import { useEnablePlugin } from './use-plugins.ts';

/** An installed plugin: what it is, how it is, and what can be done with it. */
export function PluginCard(props: {
  readonly plugin: PluginInfo;
  readonly onUpdate: () => void;
  readonly onRemove: () => void;
}) {
  const { plugin, onUpdate, onRemove } = props;
  const [isOpen, setIsOpen] = useState(false);
  const details = useId();
  const enable = useEnablePlugin();
  const { id, title, version, description, contributions, isEnabled, updatedAt, updatedBy } = plugin;
  return (
    <Paper withBorder p="md" component="li" aria-label={title}>
      <Stack gap="xs">
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <Stack gap={2}>
            <Group gap="xs">
              <Title order={3} size="h5">
                {title}
              </Title>
              <Badge variant="light" color="gray" tt="none">
                {version}
              </Badge>
              <HealthBadge plugin={plugin} />
            </Group>
            <Text size="sm" c="dimmed">
              {description}
            </Text>
          </Stack>
          <Switch
            checked={isEnabled}
            disabled={enable.isPending}
            aria-label={`${title} is on`}
            onChange={(event) =>
              enable.mutate(
                { plugin: id, isEnabled: event.currentTarget.checked },
                { onError: (error) => notifyError(error, 'The plugin stays as it was') },
              )
            }
          />
        </Group>
        <Text size="xs" c="dimmed">
          {contributionWords(contributions)} · {sourceWords(plugin.source)} · since {relativeTime(updatedAt)} by{' '}
          {updatedBy}
        </Text>
        {plugin.health.message !== undefined && (
          <Text size="xs" c="red" role="status">
            {plugin.health.message}
          </Text>
        )}
        <UpdateNotice plugin={plugin} onUpdate={onUpdate} />
        {plugin.components !== undefined && <TrustComponents plugin={plugin} />}
        <Group gap="xs" ml={-8}>
          <Button
            size="compact-xs"
            variant="subtle"
            aria-expanded={isOpen}
            aria-controls={details}
            onClick={() => setIsOpen(!isOpen)}
          >
            {isOpen ? 'Hide details' : 'Details'}
          </Button>
          <Button size="compact-xs" variant="subtle" onClick={onUpdate} aria-label={`Update ${title}`}>
            Update
          </Button>
          <Button size="compact-xs" variant="subtle" color="red" onClick={onRemove} aria-label={`Remove ${title}`}>
            Remove
          </Button>
        </Group>
        <Collapse expanded={isOpen} id={details}>
          {isOpen && <Details plugin={plugin} />}
        </Collapse>
      </Stack>
    </Paper>
  );
}

function HealthBadge({ plugin: { isEnabled, health } }: { readonly plugin: PluginInfo }) {
  if (!isEnabled)
    return (
      <Badge variant="light" color="gray" tt="none">
        off
      </Badge>
    );
  if (health.state === 'paused')
    return (
      <Badge variant="light" color="red" tt="none">
        resting after a failure
      </Badge>
    );
  return health.state === 'running' ? (
    <Badge variant="light" color="teal" tt="none">
      at work
    </Badge>
  ) : null;
}

function Details({ plugin }: { readonly plugin: PluginInfo }) {
  const { contributions, permissions, signer, integrity } = plugin;
  return (
    <Stack gap="sm" pt="xs">
      <Stack gap={4}>
        <Text size="sm" fw={500}>
          Brings
        </Text>
        {contributions.map(({ kind, id, title, description }) => (
          <Text size="sm" key={`${kind} ${id}`}>
            {title} {kind === 'function' && <Code>{libraryName(id)}</Code>}{' '}
            <Text span c="dimmed" size="sm">
              {kindWord(kind)}. {description}
            </Text>
          </Text>
        ))}
      </Stack>
      <Stack gap={4}>
        <Text size="sm" fw={500}>
          May
        </Text>
        <PermissionList permissions={permissions} contributions={contributions} />
      </Stack>
      <Stack gap={4}>
        <Text size="sm" fw={500}>
          Use
        </Text>
        <PluginUses plugin={plugin.id} />
      </Stack>
      <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {signerWords(signer)} · {integrity}
      </Text>
    </Stack>
  );
}
