import { Typography } from '@mantine/core';
import { useHost, type ComponentProps } from '@fettle/sdk/react';
import { useMemo } from 'react';
import type { Static } from 'typebox';
import { Placeholder } from '../states/data-states.tsx';
import { textOf } from '../text-of.ts';
import type { markdownManifest } from './manifest.ts';
import { markdownToHtml } from './markdown-to-html.ts';

/** Implementation of `core/markdown`. */
export function Markdown({ settings }: ComponentProps<Static<typeof markdownManifest.settings>>) {
  const host = useHost();
  const text = textOf(settings.text);
  // What purifies the markup needs a browser: without one the text stands as it was written.
  const isBrowser = typeof window !== 'undefined';
  const html = useMemo(() => (isBrowser ? markdownToHtml(text) : ''), [text, isBrowser]);
  if (text.trim() === '') {
    return host.mode === 'design' ? <Placeholder icon="markdown" hint="Write the text to show" /> : null;
  }
  if (!isBrowser) return <Typography fz="sm">{text}</Typography>;
  // The markup comes from markdownToHtml alone, which lets only known elements and safe addresses through.
  // oxlint-disable-next-line react/no-danger -- see above
  return <Typography fz="sm" style={{ overflowWrap: 'anywhere' }} dangerouslySetInnerHTML={{ __html: html }} />;
}
