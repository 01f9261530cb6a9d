import { lookup } from 'node:dns/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { AppError, type Json } from '@fettle/base';
import { Value } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import type { FlowSourceContext, FlowTriggerExtension, SourceEvent } from '../flow/flow-source.ts';
import type { FlowTriggerManifest } from '../manifest/flow-trigger.ts';
import { propertiesOf } from './schema-paths.ts';
import { createTestFlowContext, type TestFlowContextOptions } from './test-flow-context.ts';
import { testManifest, type ManifestTestOptions } from './test-manifest.ts';
import { testSettings } from './test-settings.ts';

/** What {@link createTestSource} is made of. */
export interface TestSourceOptions extends Pick<TestFlowContextOptions, 'settings' | 'secrets' | 'fetch' | 'network'> {
  readonly cursor?: Json;
  readonly name?: string;
  /** What happens while the source rests: without it, it does for as long as it says. */
  readonly onRest?: (ms: number) => void | Promise<void>;
  /** Called before a batch counts as stored: throw to refuse it. */
  readonly onDeliver?: (events: readonly SourceEvent[]) => void | Promise<void>;
  /** Called when a batch is stored, before the source knows: throw to end it as a process that dies there. */
  readonly onStored?: (events: readonly SourceEvent[]) => void | Promise<void>;
}

/** A source at work in a test, without a server. */
export interface TestSource {
  readonly context: FlowSourceContext;
  /** What was stored, in order: doubles are in it as often as they came. */
  readonly events: readonly SourceEvent[];
  /** Triggers by key: what flows would be started with. */
  readonly started: ReadonlyMap<string, Json>;
  readonly files: ReadonlyMap<string, { readonly name: string; readonly bytes: Uint8Array }>;
  readonly isConnected: () => boolean;
  /** Runs the trigger's code with this context. The answer settles when it ends. */
  run(extension: FlowTriggerExtension): Promise<void>;
  /** Looks at what waits, as somebody who builds a flow does. Throws when the trigger cannot be tried. */
  peek(extension: FlowTriggerExtension, waitMs?: number): Promise<Json | undefined>;
  /** As when the process ends in good order. */
  stop(): void;
}

/** Makes one. Addresses are not guarded: it may reach servers of the test on this machine. */
export function createTestSource(extension: FlowTriggerExtension, options: TestSourceOptions = {}): TestSource {
  const controller = new AbortController();
  const flow = createTestFlowContext({
    secrets: options.secrets ?? {},
    ...(options.fetch === undefined ? {} : { fetch: options.fetch }),
    ...(options.network === undefined ? {} : { network: options.network }),
  });
  const events: SourceEvent[] = [];
  const started = new Map<string, Json>();
  let { cursor } = options;
  let isConnected = false;
  const context: FlowSourceContext = {
    settings: { ...(testSettings(extension.manifest) as Record<string, Json>), ...options.settings },
    secrets: options.secrets ?? {},
    name: options.name ?? 'fettle-test',
    cursor: () => cursor,
    signal: controller.signal,
    now: () => Date.now(),
    log: () => undefined,
    fetch: flow.context.fetch,
    network: flow.context.network,
    rest: async (ms) => {
      if (options.onRest === undefined)
        return pause(ms, undefined, { signal: controller.signal }).catch(() => undefined);
      await options.onRest(ms);
    },
    resolveAddress: async (host) => {
      const { address, family } = await lookup(host);
      return { address, family: family === 6 ? 6 : 4 };
    },
    tables: {
      describe: () => Promise.reject(notThere()),
      list: () => Promise.reject(notThere()),
    },
    files: flow.context.files,
    listen: () => Promise.reject(notThere()),
    connected: () => {
      isConnected = true;
    },
    deliver: async (batch) => {
      await options.onDeliver?.(batch.events);
      for (const event of batch.events) {
        events.push(event);
        if (!started.has(event.key)) started.set(event.key, event.trigger);
      }
      if (batch.cursor !== undefined) cursor = batch.cursor;
      await options.onStored?.(batch.events);
    },
  };
  return {
    context,
    events,
    started,
    files: flow.files,
    isConnected: () => isConnected,
    run: async (given) => (await given.load()).run(context),
    peek: async (given, waitMs = 5_000) => {
      const implementation = await given.load();
      if (implementation.peek === undefined) throw notThere();
      return implementation.peek({ ...context, signal: AbortSignal.timeout(waitMs) });
    },
    stop: () => controller.abort(),
  };
}

const notThere = () =>
  new AppError('not-found', { code: 'test.nothing', message: 'There is none in this test.', hint: 'Make one.' });

/** The contract of a trigger's manifest: call it at the top of a test file, once per trigger. */
export function testFlowTriggerManifest(manifest: FlowTriggerManifest, options: ManifestTestOptions): void {
  describe(`flow trigger ${manifest.id}`, () => {
    testManifest(manifest, options);
    const properties = propertiesOf(manifest.settings);

    it('brings what it says, and names settings that it has', () => {
      const errors = Value.Errors(manifest.payload, manifest.sample);
      expect(errors.map(({ message }) => message)).toEqual([]);
      const named = [...(manifest.needed ?? []), ...(manifest.cursorSettings ?? [])];
      if (manifest.summary !== undefined) named.push(manifest.summary);
      for (const name of named) expect(properties).toHaveProperty(name);
    });

    it('takes secrets by reference only, and nothing that is bound', () => {
      for (const [name, { ui, enum: values, type }] of Object.entries(properties)) {
        if (ui?.secret === true) expect(ui, name).toMatchObject({ editor: 'secret', bindable: false });
        else if (values === undefined && type === 'string')
          expect(/(password|token|secret)$/i.test(name), `${name} is a secret`).toBe(false);
        if (manifest.source === 'poll' || manifest.source === 'listen')
          expect(ui?.bindable === false || ui?.editor === 'table' || ui?.editor === 'segmented', name).toBe(true);
      }
    });
  });
}

/** The contract of a trigger with code, without anything on the other side. */
export function testFlowTriggerExtension(extension: FlowTriggerExtension, options: ManifestTestOptions): void {
  testFlowTriggerManifest(extension.manifest, options);
  describe(`the code of flow trigger ${extension.manifest.id}`, () => {
    it('is of one that the server keeps at work', () => {
      expect(['poll', 'listen']).toContain(extension.manifest.source);
    });

    it('says what is missing when it is not set up', async () => {
      const source = createTestSource(extension);
      const error: unknown = await source.run(extension).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      expect(error).toBeInstanceOf(AppError);
      expect((error as AppError).kind).not.toBe('bug');
      expect((error as AppError).hint, (error as AppError).message).toMatch(/^[A-Z].*\.$/s);
      expect(source.events).toEqual([]);
    });
  });
}
