import { AppError, type Json } from '@fettle/base';
import { describe, expect, it } from 'vitest';
import type { FlowActionExtension } from '../flow/flow-action.ts';
import { secretSettings } from '../manifest/connector.ts';
import { effectOf } from '../manifest/flow-action.ts';
import { expectClearRefusal } from './expect-clear-refusal.ts';
import { expectFits } from './expect-fits.ts';
import { propertiesOf } from './schema-paths.ts';
import { createTestFlowContext, type TestFlowContextOptions } from './test-flow-context.ts';
import { testManifest, type ManifestTestOptions } from './test-manifest.ts';
import { testSettings } from './test-settings.ts';

/** Settings with which an action can be run, and what it needs around it. */
export type FlowActionExample = TestFlowContextOptions;

/** What {@link testFlowActionExtension} is told. */
export interface FlowActionTestOptions extends ManifestTestOptions {
  /** A working example: the contract is checked by running it. */
  example(): Promise<FlowActionExample> | FlowActionExample;
}

const secretValue = 'hunter2-hunter2-hunter2';

/**
 * The contract that every flow action keeps: call it at the top of a test file, once per extension. It runs the example
 * and holds the output against the manifest, looks for secrets in all that comes out, and cancels it.
 */
export function testFlowActionExtension(extension: FlowActionExtension, options: FlowActionTestOptions): void {
  const { manifest } = extension;
  describe(`flow action ${manifest.id}`, () => {
    testManifest(manifest, options);
    const properties = propertiesOf(manifest.settings);

    it('declares its effect, limits, summary and an output with a fitting example', () => {
      expect(['none', 'read', 'write', 'outside']).toContain(manifest.effect);
      for (const special of manifest.effectWhen ?? []) {
        const values = properties[special.setting]?.enum;
        for (const value of special.in) expect(values, `effectWhen ${special.setting}`).toContain(value);
      }
      if (manifest.summary !== undefined) expect(properties).toHaveProperty(manifest.summary);
      expect(manifest.timeoutMs ?? 60_000).toBeGreaterThan(0);
      expect(manifest.sample, 'sample').toBeDefined();
      expectFits(manifest.output, manifest.sample);
    });

    it('takes secrets by reference only', () => {
      for (const name of secretSettings(manifest.settings)) {
        expect(properties[name]?.ui, name).toMatchObject({ editor: 'secret', bindable: false });
      }
      const suspicious = Object.keys(properties).filter(
        (name) => /password|token|apiKey|secret/i.test(name) && properties[name]?.ui?.secret !== true,
      );
      expect(suspicious.filter((name) => properties[name]?.enum === undefined)).toEqual([]);
    });

    it('says in one line what it would do', async () => {
      const { describe: describeEffect } = await extension.load();
      if (manifest.effect !== 'outside') return;
      expect(describeEffect, 'an action with effect outside describes itself').toBeDefined();
      for (const settings of [{}, testSettings(manifest), (await options.example()).settings ?? {}]) {
        const text = describeEffect?.(settings as Record<string, Json>) ?? '';
        expect(text).toMatch(/^[A-Z]/);
        expect(text).not.toMatch(/\n|undefined|\[object/);
        expect(text.length).toBeLessThanOrEqual(300);
      }
    });

    it('gives the output it declares, and keeps secrets out of it and of the log', async () => {
      const { run } = await extension.load();
      const test = createTestFlowContext(withSecrets(extension, await options.example()));
      const output = await run(test.context);
      expectFits(manifest.output, output);
      expect(JSON.stringify({ output, logs: test.logs })).not.toContain(secretValue);
    });

    it('does not begin when it was cancelled, and does not say so in an own way', async () => {
      const example = await options.example();
      if (effectOf(manifest, example.settings ?? {}) === 'none') return;
      const { run } = await extension.load();
      const controller = new AbortController();
      const reason = new AppError('timeout', { code: 'flow.step-timeout', message: 'Too late.' });
      controller.abort(reason);
      const test = createTestFlowContext({ ...withSecrets(extension, example), signal: controller.signal });
      await expect(run(test.context)).rejects.toBe(reason);
      expect(test.calls).toEqual([]);
      expect(test.rows.requests).toEqual([]);
    });

    it('says what is missing when it is not set up', async () => {
      const { run } = await extension.load();
      const test = createTestFlowContext({ settings: testSettings(manifest) as Record<string, Json> });
      await expectClearRefusal(() => run(test.context));
    });
  });
}

function withSecrets(extension: FlowActionExtension, example: FlowActionExample): FlowActionExample {
  const names = secretSettings(extension.manifest.settings).filter((name) => example.settings?.[name] !== undefined);
  return {
    ...example,
    secrets: { ...Object.fromEntries(names.map((name) => [name, secretValue])), ...example.secrets },
  };
}
