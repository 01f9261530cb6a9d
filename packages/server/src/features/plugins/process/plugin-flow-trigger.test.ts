import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestSource } from '@fettle/sdk/testing';
import { contributed, integrityOf, readPlugin } from '@fettle/sdk/plugin';
import { createLog } from '../../../log.ts';
import { packTestPlugin } from '../../../testing/test-plugins.ts';
import { pluginFlowTrigger } from './plugin-flow-trigger.ts';
import { createPluginProcesses, type PluginProcesses } from './plugin-processes.ts';
import { createUnpackedPlugins } from './unpacked-plugins.ts';

describe('triggers in the process of a plugin', () => {
  let folder: string;
  let processes: PluginProcesses;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fettle-plugin-trigger-'));
  });
  afterAll(async () => {
    processes.close();
    await rm(folder, { recursive: true });
  });

  it('hang when they neither rest nor ask for anything, and are stopped at once otherwise', async () => {
    const archive = packTestPlugin({
      triggers: {
        silent: 'await new Promise((resolve) => setTimeout(resolve, 60_000));',
        rests: 'context.connected(); await context.rest(60_000); await context.deliver({ events: [] });',
      },
    });
    processes = createPluginProcesses({
      unpacked: createUnpackedPlugins({ folder, readArchive: () => Promise.resolve(archive) }),
      clock: { now: () => Date.now() },
      log: createLog('fatal'),
    });
    const { manifest } = await readPlugin(archive);
    const [silent, rests] = contributed(manifest).flowTriggers.map((trigger) =>
      pluginFlowTrigger(
        {
          permissions: {},
          fetch: () => Promise.reject(new TypeError('not in this test')),
          storage: {} as never,
          enter: (part) =>
            processes.enter({
              workspaceId: 'ws',
              pluginId: 'sample',
              title: 'Sample',
              integrity: integrityOf(archive),
              module: 'server.js',
              ...(part === undefined ? {} : { part }),
            }),
        },
        trigger,
        3_000,
      ),
    );
    if (silent === undefined || rests === undefined) return expect.fail('there are two');
    const resting = createTestSource(rests);
    const isOver = resting.run(rests);
    await expect.poll(() => resting.isConnected(), { timeout: 15_000 }).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    expect(processes.healthOf('ws', 'sample').state).toBe('running');
    const stoppedAt = performance.now();
    resting.stop();
    await isOver;
    expect(performance.now() - stoppedAt).toBeLessThan(1_000);
    await expect(createTestSource(silent).run(silent)).rejects.toThrow(/neither rested nor asked/);
    expect(processes.healthOf('ws', 'sample').state).toBe('paused');
  }, 30_000);
});
