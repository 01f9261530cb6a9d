import { Anchor } from '@mantine/core';
import { useHost, type ComponentProps } from '@fettle/sdk/react';
import type { MouseEvent, ReactNode } from 'react';
import type { Static } from 'typebox';
import { useEvent } from '../host-hooks.ts';
import { AppIcon } from '../icons/app-icon.tsx';
import { safeUrl } from '../safe-url.ts';
import { textOf } from '../text-of.ts';
import type { linkManifest } from './manifest.ts';

type Settings = Static<typeof linkManifest.settings>;

const sizes = { small: 'xs', normal: 'sm', large: 'md' } as const;

/** Implementation of `core/link`. */
export function Link({ settings }: ComponentProps<Settings>) {
  const text = textOf(settings.text) || textOf(settings.url) || 'Link';
  const content = (
    <>
      {settings.icon !== undefined && settings.icon !== '' && <AppIcon name={settings.icon} />}
      <span>{text}</span>
    </>
  );
  return (
    <div style={{ textAlign: settings.align, overflowWrap: 'anywhere' }}>
      {settings.target === 'address' ? (
        <AddressLink settings={settings}>{content}</AddressLink>
      ) : (
        <ScreenLink settings={settings}>{content}</ScreenLink>
      )}
    </div>
  );
}

const inline = { display: 'inline-flex', alignItems: 'center', gap: 6 } as const;

function AddressLink({ settings, children }: { settings: Settings; children: ReactNode }) {
  const host = useHost();
  const click = useEvent('click');
  const url = safeUrl(settings.url);
  const follow = (event: MouseEvent): void => {
    if (host.mode === 'design') {
      event.preventDefault();
      return;
    }
    void click.run();
  };
  return (
    <Anchor
      size={sizes[settings.size]}
      style={inline}
      {...(url === undefined ? { 'aria-disabled': true } : { href: url })}
      {...(settings.newTab ? { target: '_blank', rel: 'noopener noreferrer' } : {})}
      onClick={follow}
    >
      {children}
    </Anchor>
  );
}

function ScreenLink({ settings, children }: { settings: Settings; children: ReactNode }) {
  const host = useHost();
  const click = useEvent('click');
  const follow = (): void => {
    if (host.mode === 'design') return;
    void click.run();
    if (settings.screen === undefined || settings.screen === '') return;
    host.navigate({ screen: settings.screen, ...(settings.params === undefined ? {} : { params: settings.params }) });
  };
  return (
    <Anchor component="button" type="button" size={sizes[settings.size]} style={inline} onClick={follow}>
      {children}
    </Anchor>
  );
}
