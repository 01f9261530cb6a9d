import { Text } from '@mantine/core';
import { useHost, type ComponentProps } from '@fettle/sdk/react';
import type { Static } from 'typebox';
import { safeResourceUrl } from '../safe-url.ts';
import { Placeholder } from '../states/data-states.tsx';
import { textOf } from '../text-of.ts';
import type { iframeManifest } from './manifest.ts';
import { sandboxOf } from './sandbox.ts';

/** Implementation of `core/iframe`. */
export function Iframe({ settings }: ComponentProps<Static<typeof iframeManifest.settings>>) {
  const { mode } = useHost();
  const url = safeResourceUrl(settings.url);
  if (url === undefined) {
    if (textOf(settings.url) !== '')
      return (
        <Text size="sm" c="dimmed">
          This address cannot be embedded.
        </Text>
      );
    return mode === 'design' ? <Placeholder icon="window" hint="Enter the address of the page" /> : null;
  }
  // On the server its place is kept: the page in it is loaded once, by the browser's own rendering.
  if (typeof window === 'undefined') return <div style={{ height: settings.height }} />;
  return (
    <iframe
      src={url}
      title={textOf(settings.title) || 'Embedded page'}
      sandbox={sandboxOf(url, window.location.href, settings.allowScripts)}
      allow={settings.allowFullScreen ? 'fullscreen' : ''}
      referrerPolicy="strict-origin-when-cross-origin"
      loading="lazy"
      style={{
        display: 'block',
        width: '100%',
        height: settings.height,
        border: settings.bordered ? '1px solid var(--mantine-color-default-border)' : 'none',
        borderRadius: 'var(--mantine-radius-default)',
        // On the canvas the page must not swallow clicks and drags.
        pointerEvents: mode === 'design' ? 'none' : 'auto',
      }}
    />
  );
}
