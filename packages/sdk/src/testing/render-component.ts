import { act, createElement, type ComponentType, type ReactElement } from 'react';
import { createRoot } from 'react-dom/client';
import { ComponentHostProvider } from '../react/host.ts';
import type { ComponentExtension, ComponentProps } from '../react/implement.ts';
import { createTestHost, type TestHost, type TestHostOptions } from './test-host.ts';
import { testSettings } from './test-settings.ts';

/** A component rendered for a test, and everything that it did with its host. */
export interface RenderedComponent extends TestHost {
  readonly element: HTMLElement;
  /** Does something and lets what follows from it arrive: `await rendered.act(() => button.click())`. */
  act(work: () => void | Promise<void>): Promise<void>;
  unmount(): void;
}

/** Renders a component with these settings over the defaults of its manifest. Needs a browser-like environment. */
export async function renderComponent(
  extension: ComponentExtension,
  options: TestHostOptions & { readonly settings?: Readonly<Record<string, unknown>> } = {},
): Promise<RenderedComponent> {
  const Component = (await extension.load()) as ComponentType<ComponentProps>;
  const testHost = createTestHost(options);
  const settings = testSettings(extension.manifest, options.settings ?? {});
  const rendered = await renderElement(
    createElement(ComponentHostProvider, { value: testHost.host }, createElement(Component, { settings })),
  );
  return {
    ...testHost,
    get exposed() {
      return testHost.exposed;
    },
    element: rendered.element,
    act: settled,
    unmount: rendered.unmount,
  };
}

/** Renders into the document and resolves when the first effects and answers have been seen. */
export async function renderElement(
  element: ReactElement,
): Promise<{ readonly element: HTMLElement; unmount(): void }> {
  (globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
  const place = document.createElement('div');
  document.body.append(place);
  const root = createRoot(place);
  await settled(() => root.render(element));
  return {
    element: place,
    unmount() {
      act(() => root.unmount());
      place.remove();
    },
  };
}

async function settled(work: () => void | Promise<void>): Promise<void> {
  await act(async () => {
    await work();
  });
  // Answers of the test host come in turns of their own.
  await act(async () => {
    await new Promise((resolve) => setTimeout(resolve, 0));
  });
}
