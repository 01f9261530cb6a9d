import { ActionIcon, Code, CopyButton, Group, Stack, Text, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import type { Flow } from '@fettle/definition';
import { useDraft } from '../../design-context.ts';
import { PanelSection } from '../../panels/panel.tsx';
import { webhookAddress, webhookCommand } from './webhook-address.ts';

/** Where the webhook of a flow is called, and how it is tried. */
export function WebhookPlace({ flow }: { readonly flow: Flow }) {
  const info = useDraft((state) => state.info);
  const { settings } = flow.trigger;
  const address = webhookAddress(
    { origin: globalThis.location.origin, slug: info.slug },
    { name: flow.name, settings },
  );
  const command = webhookCommand(address, settings);
  return (
    <PanelSection title="Address" hint="It listens as soon as the app is published, and follows the live release.">
      <Stack gap="xs">
        <Copied label="Copy the address" text={address} />
        {command === undefined ? (
          <Text size="xs" c="dimmed">
            The sender signs each request with the secret.
          </Text>
        ) : (
          <Copied label="Copy the command" text={command} />
        )}
        {info.live === null && (
          <Text size="xs" c="dimmed">
            The app is not published yet: nothing listens there.
          </Text>
        )}
      </Stack>
    </PanelSection>
  );
}

function Copied({ label, text }: { readonly label: string; readonly text: string }) {
  return (
    <Group gap={6} wrap="nowrap" align="flex-start">
      <Code block flex={1} style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {text}
      </Code>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Tooltip label={copied ? 'Copied' : label}>
            <ActionIcon variant="subtle" color="gray" aria-label={label} onClick={copy}>
              {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </Group>
  );
}
