import { createElement, type ComponentType, type ReactElement } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isName } from '@fettle/base';
import type { ComponentManifest, StarterComponent } from '../manifest/component.ts';
import { ComponentHostProvider } from '../react/host.ts';
import type { ComponentExtension, ComponentProps } from '../react/implement.ts';
import { namelessElements } from './accessible-name.ts';
import { renderElement } from './render-component.ts';
import { propertiesOf } from './schema-paths.ts';
import { createTestHost } from './test-host.ts';
import { testManifest, type ManifestTestOptions } from './test-manifest.ts';
import { testSettings } from './test-settings.ts';

/** What the contract test of components is told by the package that runs it. */
export interface ComponentTestOptions extends ManifestTestOptions {
  /** Renders into the document and resolves when effects have run. Plain when absent. */
  render?(element: ReactElement): Promise<{ unmount(): void }>;
}

/**
 * The contract that every component type keeps. Runs in a browser-like Vitest environment: call it at the top of a
 * test file, once per extension.
 */
export function testComponentExtension(extension: ComponentExtension, options: ComponentTestOptions = {}): void {
  const { manifest } = extension;
  describe(`component ${manifest.id}`, () => {
    testManifest(manifest, options);
    testSlots(manifest);
    testNames(manifest);
    testRendering(extension, options);
  });
}

function testSlots(manifest: ComponentManifest): void {
  it('declares slots that its starter and its settings agree with', () => {
    const properties = propertiesOf(manifest.settings);
    const names = manifest.slots.map((slot) => slot.name);
    expect(new Set(names).size).toBe(names.length);
    const { slotsFrom } = manifest;
    const list = slotsFrom === undefined ? undefined : properties[slotsFrom];
    if (slotsFrom !== undefined) expect(propertiesOf(list?.items)).toHaveProperty('id');
    const ids = ((list?.default ?? []) as readonly { readonly id: string }[]).map((item) => item.id);
    for (const slot of Object.keys(manifest.starter ?? {})) expect([...names, ...ids]).toContain(slot);
    for (const child of Object.values(manifest.starter ?? {}).flat()) expectStarter(child);
  });
}

function expectStarter(child: StarterComponent): void {
  expect(child.type).toMatch(/^[a-z0-9-]+\/[a-z0-9-]+$/);
  for (const inner of Object.values(child.slots ?? {}).flat()) expectStarter(inner);
}

function testNames(manifest: ComponentManifest): void {
  it('names events, methods and exposed values so that expressions can use them', () => {
    const lists = [
      manifest.events.map((event) => event.name),
      manifest.methods.map((method) => method.name),
      Object.keys(manifest.exposes),
    ];
    for (const names of lists) {
      expect(new Set(names).size).toBe(names.length);
      for (const name of names) expect(isName(name), name).toBe(true);
    }
    for (const { title } of [...manifest.events, ...manifest.methods, ...manifest.slots]) {
      expect(title).toMatch(/^[A-Z]/);
    }
  });
}

function testRendering(extension: ComponentExtension, options: ComponentTestOptions): void {
  const { manifest } = extension;
  const complaints = vi.fn();

  beforeEach(() => {
    complaints.mockClear();
    vi.spyOn(console, 'error').mockImplementation(complaints);
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  for (const mode of ['design', 'run'] as const) {
    it(`renders fresh from the palette in ${mode} mode, quietly and with accessible names`, async () => {
      const Component = (await extension.load()) as ComponentType<ComponentProps>;
      const slots = Object.fromEntries(manifest.slots.map((slot) => [slot.name, 'Content of the slot']));
      const testHost = createTestHost({ mode, slots });
      const rendered = await (options.render ?? renderElement)(
        createElement(
          ComponentHostProvider,
          { value: testHost.host },
          createElement(Component, { settings: testSettings(manifest) }),
        ),
      );
      expect(namelessElements(document.body)).toEqual([]);
      expect(testHost.methods().toSorted()).toEqual(manifest.methods.map((method) => method.name).toSorted());
      expect(Object.keys(manifest.exposes)).toEqual(expect.arrayContaining(Object.keys(testHost.exposed)));
      rendered.unmount();
      expect(complaints.mock.calls.map(String)).toEqual([]);
    });
  }
}
