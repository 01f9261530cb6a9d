import { MantineProvider } from '@mantine/core';
import type { ComponentType } from 'react';
import { renderToString } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { ComponentHostProvider, type ComponentProps } from '@fettle/sdk/react';
import { createTestHost, testSettings } from '@fettle/sdk/testing';
import { components } from './index.ts';

/** Settings without which a component has little to show. */
const given: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'core/iframe': { url: 'https://example.com/page' },
  'core/markdown': { text: '**Read** this <script>alert(1)</script>' },
  'core/image': { url: 'https://example.com/picture.png' },
  'core/link': { text: 'More', url: 'https://example.com/' },
};

/** The first screen of a published app is rendered by the server: no component may need a browser for that. */
describe('components without a browser', () => {
  it('find none here', () => {
    expect([typeof window, typeof document]).toEqual(['undefined', 'undefined']);
  });

  async function rendered(type: string): Promise<string> {
    const extension = components.find(({ manifest }) => manifest.id === type);
    if (extension === undefined) throw new Error(`There is no ${type}.`);
    const { manifest } = extension;
    const Component = (await extension.load()) as ComponentType<ComponentProps>;
    const slots = Object.fromEntries(manifest.slots.map((slot) => [slot.name, 'Content of the slot']));
    return renderToString(
      <MantineProvider env="test">
        <ComponentHostProvider value={createTestHost({ slots }).host}>
          <Component settings={testSettings(manifest, given[type])} />
        </ComponentHostProvider>
      </MantineProvider>,
    );
  }

  it.each(components.map(({ manifest }) => manifest.id))('render %s', async (type) => {
    expect(typeof (await rendered(type))).toBe('string');
  });

  it('show text for what only a browser can make safe, and load no foreign page', async () => {
    const markdown = await rendered('core/markdown');
    expect(markdown).toContain('**Read** this &lt;script&gt;');
    expect(markdown).not.toContain('<script');
    expect(await rendered('core/iframe')).not.toContain('example.com');
  });
});
