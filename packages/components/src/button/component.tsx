import { Button as MantineButton, Tooltip } from '@mantine/core';
import { useHost, type ComponentProps } from '@fettle/sdk/react';
import type { Static } from 'typebox';
import { buttonProps } from '../button-look.ts';
import { useEvent, useExposed, useMethod } from '../host-hooks.ts';
import { AppIcon } from '../icons/app-icon.tsx';
import { mantineSize } from '../mantine-size.ts';
import { textOf } from '../text-of.ts';
import type { buttonManifest } from './manifest.ts';

/** Implementation of `core/button`. */
export function Button({ settings }: ComponentProps<Static<typeof buttonManifest.settings>>) {
  const host = useHost();
  const click = useEvent('click');
  const text = textOf(settings.text);
  const tooltip = textOf(settings.tooltip);

  const press = async (): Promise<void> => {
    if (host.mode === 'design' || settings.disabled || settings.loading) return;
    if (settings.confirm) {
      const message = textOf(settings.confirmMessage);
      const isSure = await host.confirm({
        title: textOf(settings.confirmTitle) || `${text || 'Continue'}?`,
        ...(message === '' ? {} : { message }),
        ...(text === '' ? {} : { button: text }),
        danger: settings.tone === 'danger',
      });
      if (!isSure) return;
    }
    await click.run();
  };
  useExposed({ isRunning: click.isRunning });
  useMethod('click', press);

  const button = (
    <MantineButton
      {...buttonProps(settings.look, settings.tone)}
      size={mantineSize(settings.size)}
      fullWidth={settings.fullWidth}
      disabled={settings.disabled}
      loading={settings.loading || click.isRunning}
      leftSection={settings.icon === undefined || settings.icon === '' ? undefined : <AppIcon name={settings.icon} />}
      {...(text === '' ? { 'aria-label': tooltip || settings.icon || 'Button' } : {})}
      onClick={() => void press()}
    >
      {text}
    </MantineButton>
  );
  if (tooltip === '') return button;
  return (
    <Tooltip label={tooltip} events={{ hover: true, focus: true, touch: false }}>
      {button}
    </Tooltip>
  );
}
