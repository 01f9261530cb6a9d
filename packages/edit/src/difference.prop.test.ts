import fc from 'fast-check';
import { expect, test } from 'vitest';
import { appToJson, type App } from '@fettle/definition';
import { arbitraryIntent, commandFor, sampleCatalog, type Intent } from '../test/arbitrary-commands.ts';
import { appWith, component } from '../test/sample.ts';
import { applyCommand, differenceOf, parseCommand } from './index.ts';

const options = { catalog: sampleCatalog };
const bytes = (app: App): string => JSON.stringify(appToJson(app));
const start = appWith({ cmp_a: component('part1'), cmp_b: component('part2', { settings: { text: 'x' } }) });

function edited(intents: readonly Intent[]): App {
  let app = start;
  intents.forEach((intent, index) => {
    const applied = applyCommand(app, commandFor(app, intent, index), options);
    if (applied.ok) app = applied.value.app;
  });
  return app;
}

test('the difference of any two apps is one command that leads from one to the other, and back', () => {
  fc.assert(
    fc.property(fc.array(arbitraryIntent, { maxLength: 12 }), fc.array(arbitraryIntent, { maxLength: 12 }), (a, b) => {
      const [before, after] = [edited(a), edited(b)];
      const command = differenceOf(before, after);
      if (command === undefined) {
        expect(bytes(before)).toBe(bytes(after));
        return;
      }
      const sent = parseCommand(JSON.parse(JSON.stringify(command)));
      expect(sent.ok || sent.error).toBe(true);
      if (!sent.ok) return;
      const applied = applyCommand(before, sent.value, options);
      expect(applied.ok || applied.error).toBe(true);
      if (!applied.ok) return;
      expect(bytes(applied.value.app)).toBe(bytes(after));
      const undone = applyCommand(applied.value.app, applied.value.inverse, options);
      expect(undone.ok && bytes(undone.value.app)).toBe(bytes(before));
    }),
    { numRuns: 150 },
  );
});

test('what did not change is not in the difference', () => {
  const change = { type: 'setting.set', screen: 'scr_home', component: 'cmp_b', path: 'text', value: 'y' } as const;
  const applied = applyCommand(start, change, options);
  expect(applied.ok && differenceOf(start, applied.value.app)).toEqual({
    type: 'patch.apply',
    patches: [{ op: 'replace', path: ['screens', 'scr_home', 'components', 'cmp_b', 'settings', 'text'], value: 'y' }],
  });
});
