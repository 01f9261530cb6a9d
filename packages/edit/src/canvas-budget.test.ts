import { performance } from 'node:perf_hooks';
import { expect, test } from 'vitest';
import { appToJson, parseApp, type App, type Component } from '@fettle/definition';
import { appWith, component, home, sampleCatalog } from '../test/sample.ts';
import { applyCommand, type Command } from './index.ts';

/** 20 stacks of 49 texts with bindings and an event each. */
function largeApp(): App {
  const parts: Record<string, Component> = {};
  for (let stack = 0; stack < 20; stack += 1) {
    const ids = Array.from({ length: 49 }, (_, index) => `cmp_t${stack}x${index}`);
    ids.forEach((id, index) => {
      parts[id] = component(`text${stack}x${index}`, {
        settings: { text: `{{ components.text${stack}x${(index + 1) % 49}.value }}`, columns: [{ label: 'x' }] },
        events: { click: [{ id: 'act_1', type: 'core/run-query', settings: { query: 'qry_1' } }] },
      });
    });
    parts[`cmp_s${stack}`] = component(`stack${stack}`, { type: 'core/stack', slots: { children: ids } });
  }
  const parsed = parseApp(JSON.parse(JSON.stringify(appToJson(appWith(parts)))));
  if (!parsed.ok) throw new TypeError(JSON.stringify(parsed.error));
  return parsed.value;
}

test.each<[string, (index: number) => Command]>([
  [
    'typing',
    (index) => ({ type: 'setting.set', screen: home, component: 'cmp_t3x4', path: 'text', value: `typed ${index}` }),
  ],
  [
    'adding',
    (index) => ({
      type: 'component.add',
      screen: home,
      parent: 'cmp_s2',
      slot: 'children',
      index: 3,
      root: `cmp_n${index}`,
      components: { [`cmp_n${index}`]: component(`n${index}`) },
    }),
  ],
  [
    'moving',
    (index) => ({
      type: 'component.move',
      screen: home,
      components: [`cmp_t4x${index % 49}`],
      parent: `cmp_s${index % 20}`,
      slot: 'children',
      index: 1,
    }),
  ],
])('%s on a screen of 1,000 components is far below one frame', (_name, command) => {
  let app = largeApp();
  const times: number[] = [];
  for (let index = 0; index < 120; index += 1) {
    const start = performance.now();
    const applied = applyCommand(app, command(index), { catalog: sampleCatalog });
    times.push(performance.now() - start);
    expect(applied.ok).toBe(true);
    if (applied.ok) app = applied.value.app;
  }
  const median = times.toSorted((a, b) => a - b)[60] ?? 0;
  // The budget is 2 ms; the bound leaves room for a machine that is busy with other tests.
  expect(median).toBeLessThan(8);
});
