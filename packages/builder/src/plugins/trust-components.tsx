import { useState } from 'react';
import { Button, Group, List, Modal, Stack, Text } from '@mantine/core';
import type { PluginInfo } from '@fettle/contract';
import { relativeTime } from '@fettle/runtime';
import { notifyError, notifySuccess } from '../shell/notify.ts';
import { useTrustPlugin } from './use-plugins.ts';

/** Where the components of a plugin run, and the way to change that. */
export function TrustComponents({ plugin }: { readonly plugin: PluginInfo }) {
  const { title, components } = plugin;
  const [isAsking, setIsAsking] = useState(false);
  const trust = useTrustPlugin(() => setIsAsking(false));
  const change = (isTrusted: boolean): void =>
    trust.mutate(
      { plugin, isTrusted },
      {
        onSuccess: () =>
          notifySuccess(isTrusted ? `${title} runs in apps now.` : `${title} runs in frames of its own again.`),
        onError: (error) => notifyError(error, 'Where its components run was not changed'),
      },
    );
  if (components?.isTrusted === true)
    return (
      <Group gap="xs">
        <Text size="xs" c="dimmed">
          Its components run in apps: trusted {relativeTime(components.trustedAt ?? '')} by {components.trustedBy}, for
          this version.
        </Text>
        <Button size="compact-xs" variant="subtle" loading={trust.isPending} onClick={() => change(false)}>
          Trust no longer
        </Button>
      </Group>
    );
  return (
    <Group gap={4}>
      <Text size="xs" c="dimmed">
        Its components run in frames of their own, apart from the app around them.
      </Text>
      <Button
        size="compact-xs"
        variant="subtle"
        ml={-8}
        aria-label={`Trust the components of ${title}…`}
        onClick={() => setIsAsking(true)}
      >
        Trust…
      </Button>
      <Modal opened={isAsking} onClose={() => setIsAsking(false)} title={`Trust the components of ${title}?`} centered>
        <Stack gap="sm">
          <Text size="sm">In apps, code of version {plugin.version} will be able to:</Text>
          <List size="sm" spacing={4}>
            <List.Item>do whatever the person who uses the app may do in it</List.Item>
            <List.Item>read and change everything on the page</List.Item>
            <List.Item>slow the app down or stop it</List.Item>
          </List>
          <Text size="sm">
            Trust it only if you know its code. In frames it can do none of this; it works there as well, a little
            slower. Another version has to be trusted anew.
          </Text>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={() => setIsAsking(false)} data-autofocus>
              Keep it in frames
            </Button>
            <Button color="red" loading={trust.isPending} onClick={() => change(true)}>
              Trust it
            </Button>
          </Group>
        </Stack>
      </Modal>
    </Group>
  );
}
