import { AppError, type Json } from '@fettle/base';
import { describe, expect, it } from 'vitest';
import type { ServerEventActionExtension } from '../event/server-event-action.ts';
import { secretSettings } from '../manifest/connector.ts';
import type { EventActionExtension, EventActionHost } from '../react/implement.ts';
import { expectClearRefusal } from './expect-clear-refusal.ts';
import { expectFits } from './expect-fits.ts';
import { propertiesOf } from './schema-paths.ts';
import { createTestData, type TestData, type TestDataOptions } from './test-data.ts';
import { createTestEventActionContext, type TestEventActionOptions } from './test-event-context.ts';
import { testManifest, type ManifestTestOptions } from './test-manifest.ts';
import { testSettings } from './test-settings.ts';

/** What {@link testEventActionExtension} is told. */
export interface EventActionTestOptions extends ManifestTestOptions {
  /** Of an action whose code is on the server: settings with which it can be run, and what it needs around it. */
  example?(): Promise<TestEventActionOptions> | TestEventActionOptions;
}

/**
 * The contract that every event action keeps: call it at the top of a test file, once per extension. One whose code is on
 * the server is run with the example: its result is held against the manifest, secrets are looked for in all that comes
 * out, and it is cancelled.
 */
export function testEventActionExtension(
  extension: EventActionExtension | ServerEventActionExtension,
  options: EventActionTestOptions,
): void {
  const { manifest } = extension;
  describe(`event action ${manifest.id}`, () => {
    testManifest(manifest, options);

    it('says where its code runs', () => {
      expect('load' in extension, 'code on the server').toBe(manifest.server !== undefined);
    });

    if ('load' in extension) testOnServer(extension, options);
  });
}

const secretValue = 'hunter2-hunter2-hunter2';

function testOnServer(extension: ServerEventActionExtension, { example: given }: EventActionTestOptions): void {
  const { manifest } = extension;
  const properties = propertiesOf(manifest.settings);
  const secrets = secretSettings(manifest.settings);
  const example = async (): Promise<TestEventActionOptions> => {
    if (given === undefined) throw new TypeError('Give an example with which the action can be run.');
    const options = await given();
    const named = secrets.filter((name) => options.settings?.[name] !== undefined);
    return {
      ...options,
      secrets: { ...Object.fromEntries(named.map((name) => [name, secretValue])), ...options.secrets },
    };
  };

  it('declares its effect, its time limit and a result', () => {
    expect(['none', 'read', 'write', 'outside']).toContain(manifest.server?.effect);
    expect(manifest.server?.timeoutMs ?? 30_000).toBeLessThanOrEqual(60_000);
    expect(manifest.result, 'result').toBeDefined();
  });

  it('takes secrets by reference only', () => {
    for (const name of secrets) {
      expect(properties[name]?.ui, name).toMatchObject({ editor: 'secret', bindable: false });
    }
    const suspicious = Object.keys(properties).filter(
      (name) => /password|token|apiKey|secret/i.test(name) && properties[name]?.ui?.secret !== true,
    );
    expect(suspicious.filter((name) => properties[name]?.enum === undefined)).toEqual([]);
  });

  it('gives the result it declares, and keeps secrets out of it and of the log', async () => {
    const { run } = await extension.load();
    const test = createTestEventActionContext(await example());
    const result = await run(test.context);
    expectFits(manifest.result, result);
    expect(JSON.stringify({ result, logs: test.logs })).not.toContain(secretValue);
  });

  it('does not begin when it was cancelled, and does not say so in an own way', async () => {
    if (manifest.server?.effect === 'none') return;
    const { run } = await extension.load();
    const reason = new AppError('timeout', { code: 'event-action.timeout', message: 'Too late.' });
    const test = createTestEventActionContext({ ...(await example()), signal: AbortSignal.abort(reason) });
    await expect(run(test.context)).rejects.toBe(reason);
    expect(test.rows.requests).toEqual([]);
  });

  it('says what is missing when it is not set up', async () => {
    const { run } = await extension.load();
    const test = createTestEventActionContext({ settings: testSettings(manifest) as Record<string, Json> });
    await expectClearRefusal(() => run(test.context));
  });
}

/** A host for event actions in a test, and everything that they did with it. */
export interface TestActionHost {
  readonly host: EventActionHost;
  readonly data: TestData;
  /** Calls in order: method, then its arguments. */
  readonly calls: readonly (readonly [method: string, ...rest: readonly unknown[]])[];
}

/** Makes an in-memory {@link EventActionHost}. */
export function createTestActionHost(options: TestDataOptions = {}): TestActionHost {
  const data = createTestData(options);
  const calls: (readonly [string, ...(readonly unknown[])])[] = [];
  const host: EventActionHost = {
    data,
    mode: 'run',
    setState: (...rest) => {
      calls.push(['setState', ...rest]);
    },
    async callComponent(...rest) {
      calls.push(['callComponent', ...rest]);
      return { called: rest[1] };
    },
    async runQuery(...rest) {
      calls.push(['runQuery', ...rest]);
      return { ran: rest[0] };
    },
    async refresh(...rest) {
      calls.push(['refresh', ...rest]);
    },
    navigate: (...rest) => {
      calls.push(['navigate', ...rest]);
    },
    notify: (...rest) => {
      calls.push(['notify', ...rest]);
    },
    async copy(...rest) {
      calls.push(['copy', ...rest]);
    },
  };
  return { host, data, calls };
}
