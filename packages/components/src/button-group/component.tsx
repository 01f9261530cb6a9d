import { Button, Group, Stack } from '@mantine/core';
import { useHost, type ComponentProps } from '@fettle/sdk/react';
import { useState } from 'react';
import type { Static } from 'typebox';
import { buttonProps } from '../button-look.ts';
import { useEvent } from '../host-hooks.ts';
import { AppIcon } from '../icons/app-icon.tsx';
import { mantineSize } from '../mantine-size.ts';
import { Placeholder } from '../states/data-states.tsx';
import { textOf } from '../text-of.ts';
import type { buttonGroupManifest } from './manifest.ts';

// Where there is no room, joined buttons keep their words and are moved sideways.
const scrolls = { maxWidth: '100%', overflowX: 'auto' } as const;
const noShrink = { flexShrink: 0 } as const;

/** Implementation of `core/button-group`. */
export function ButtonGroup({ settings }: ComponentProps<Static<typeof buttonGroupManifest.settings>>) {
  const host = useHost();
  const select = useEvent('select');
  const [running, setRunning] = useState<string | undefined>();
  const items = settings.items.filter((item) => item.visible !== false);
  if (items.length === 0) {
    return host.mode === 'design' ? <Placeholder icon="layout-columns" hint="Add a button" /> : null;
  }
  const buttons = items.map((item) => (
    <Button
      key={item.id}
      style={noShrink}
      {...buttonProps(settings.look, item.danger === true ? 'danger' : settings.tone)}
      size={mantineSize(settings.size)}
      disabled={item.disabled === true || (select.isRunning && running !== item.id)}
      loading={select.isRunning && running === item.id}
      leftSection={item.icon === undefined || item.icon === '' ? undefined : <AppIcon name={item.icon} />}
      aria-label={textOf(item.label) || item.id}
      onClick={() => {
        setRunning(item.id);
        void select.run({ item: item.id });
      }}
    >
      {textOf(item.label)}
    </Button>
  ));
  if (settings.arrangement === 'joined') return <Button.Group style={scrolls}>{buttons}</Button.Group>;
  if (settings.arrangement === 'down') return <Stack gap={8}>{buttons}</Stack>;
  return <Group gap={8}>{buttons}</Group>;
}
