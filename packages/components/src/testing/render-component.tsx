import { MantineProvider } from '@mantine/core';
import { render, type RenderResult } from '@testing-library/react';
import type { ComponentType } from 'react';
import { ComponentHostProvider, type ComponentProps } from '@fettle/sdk/react';
import { createTestHost, type TestHost, type TestHostOptions } from '@fettle/sdk/testing';

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
