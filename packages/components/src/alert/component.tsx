import { Alert as MantineAlert } from '@mantine/core';
import { useHost, type ComponentProps } from '@fettle/sdk/react';
import { useState } from 'react';
import type { Static } from 'typebox';
import { useEvent, useMethod } from '../host-hooks.ts';
import { AppIcon } from '../icons/app-icon.tsx';
import { textOf } from '../text-of.ts';
import { toneColor } from '../tone-color.ts';
import type { alertManifest } from './manifest.ts';

const icons = {
  info: 'info-circle',
  success: 'circle-check',
  warning: 'alert-triangle',
  danger: 'alert-circle',
} as const;

/** Implementation of `core/alert`. */
export function Alert({ settings }: ComponentProps<Static<typeof alertManifest.settings>>) {
  const { mode } = useHost();
  const closed = useEvent('close');
  const [isClosed, setClosed] = useState(false);
  useMethod('open', () => setClosed(false));
  const close = (): void => {
    if (mode === 'design') return;
    setClosed(true);
    void closed.run();
  };
  useMethod('close', close);
  if (isClosed) return null;
  const title = textOf(settings.title);
  return (
    <MantineAlert
      {...toneColor(settings.kind)}
      variant="light"
      role={settings.kind === 'danger' || settings.kind === 'warning' ? 'alert' : 'status'}
      {...(title === '' ? {} : { title })}
      icon={
        <AppIcon
          name={settings.icon === undefined || settings.icon === '' ? icons[settings.kind] : settings.icon}
          size={18}
        />
      }
      withCloseButton={settings.closable}
      closeButtonLabel="Close"
      onClose={close}
    >
      <span style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{textOf(settings.text)}</span>
    </MantineAlert>
  );
}
