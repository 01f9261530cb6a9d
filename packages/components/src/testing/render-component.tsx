import { MantineProvider } from '@mantine/core';
import { act, cleanup, render, type RenderResult } from '@testing-library/react';
import type { ComponentType, ReactElement } from 'react';
import { afterEach } from 'vitest';
import { ComponentHostProvider, type ComponentProps } from '@fettle/sdk/react';
import { createTestHost, testSettings, type TestHost, type TestHostOptions } from '@fettle/sdk/testing';
import type { ComponentManifest, SettingsSchema } from '@fettle/sdk';
import type { Static } from 'typebox';

afterEach(cleanup);

/** Renders a component implementation for a test, with the given settings, inside a test host. */
export function renderComponent<Settings>(
  Component: ComponentType<ComponentProps<Settings>>,
  settings: Settings,
  options: TestHostOptions = {},
): RenderResult & TestHost {
  const testHost = createTestHost(options);
  const result = render(
    <MantineProvider env="test">
      <ComponentHostProvider value={testHost.host}>
        <Component settings={settings} />
      </ComponentHostProvider>
    </MantineProvider>,
  );
  return { ...result, ...testHost };
}

/** Like {@link renderComponent}, with the defaults of the manifest under the settings given. */
export function renderFresh<S extends SettingsSchema>(
  Component: ComponentType<ComponentProps<Static<S>>>,
  manifest: ComponentManifest<S>,
  overrides: Readonly<Record<string, unknown>> = {},
  options: TestHostOptions = {},
): RenderResult & TestHost {
  return renderComponent(
    Component,
    testSettings(manifest as unknown as ComponentManifest, overrides) as Static<S>,
    options,
  );
}

/** Renders for the contract test: resolves when the first effects and answers have been seen. */
export async function renderSettled(element: ReactElement): Promise<RenderResult> {
  const result = render(<MantineProvider env="test">{element}</MantineProvider>);
  await settle();
  return result;
}

/** Lets answers of the test host arrive. */
export async function settle(): Promise<void> {
  await act(async () => {
    await new Promise((resolve) => {
      setTimeout(resolve, 0);
    });
  });
}
