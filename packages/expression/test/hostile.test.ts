import { describe, expect, test } from 'vitest';
import { createScope, createScopeObject, evaluate, parseTemplate, EvaluationError } from '../src/index.ts';
import { hostileCorpus } from './hostile-corpus.ts';

const marks = globalThis as { __pwned?: unknown };

class Instance {
  readonly secret = 'secret';
  run(): void {
    marks.__pwned = 'method';
  }
}

function bait(): Record<string, unknown> {
  const fn = (): string => {
    marks.__pwned = 'called';
    return 'called';
  };
  return {
    row: { name: 'Ada', count: 1, fn },
    list: [{ a: 1 }, { a: 2 }],
    text: 'some text',
    fn,
    instance: new Instance(),
    when: new Date(0),
    components: createScopeObject({
      get: (key) => ({ value: key, fn }),
      has: (key) => key === 'table1',
      keys: () => ['table1'],
    }),
  };
}

const builtIns = [Object.prototype, Function.prototype, Array.prototype, String.prototype, Number.prototype].map(
  (object) => ({
    object,
    keys: Reflect.ownKeys(object).length,
  }),
);

function assertUntouched(source: string): void {
  expect(marks.__pwned, source).toBeUndefined();
  expect(({} as { polluted?: unknown }).polluted, source).toBeUndefined();
  for (const { object, keys } of builtIns) expect(Reflect.ownKeys(object).length, source).toBe(keys);
}

function holdsFunction(value: unknown, depth = 0): boolean {
  if (typeof value === 'function') return true;
  if (typeof value !== 'object' || value === null || depth > 5 || value instanceof Instance) return false;
  return Object.values(value).some((item) => holdsFunction(item, depth + 1));
}

/** Milliseconds that the shortest of a few runs takes: of the processor, if the machine is busy with something else. */
function timeOf(run: () => void): number {
  let best = Infinity;
  for (let attempt = 0; attempt < 12 && best >= 50; attempt += 1) {
    const start = performance.now();
    const used = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(used);
    best = Math.min(best, performance.now() - start, (user + system) / 1000);
  }
  return best;
}

const own = new Set([undefined, Object.prototype, Array.prototype, Function.prototype]);

describe('hostile expressions', () => {
  test('are at least 250', () => {
    expect(Object.values(hostileCorpus).flat().length).toBeGreaterThanOrEqual(250);
  });

  for (const [kind, sources] of Object.entries(hostileCorpus)) {
    test(`of the kind "${kind}" reach nothing, change nothing and end soon`, () => {
      for (const source of sources) {
        const shown = source.slice(0, 100);
        const values = bait();
        const before = JSON.stringify([values.row, values.list]);
        const scope = createScope(values);
        const time = timeOf(() => {
          const result = evaluate(source, scope);
          if (!result.ok)
            expect(result.error instanceof EvaluationError || Array.isArray(result.error), shown).toBe(true);
          else if (kind !== 'exhausting') {
            expect(own.has(result.value as never) && result.value !== undefined, shown).toBe(false);
            // What the host itself put in its data may come back in that data; nothing else is a function.
            if (!/\b(row|components|fn|instance)\b/.test(source))
              expect(holdsFunction(result.value), shown).toBe(false);
            expect(typeof result.value, shown).not.toBe('function');
          }
        });
        expect(time, shown).toBeLessThan(50);
        expect(JSON.stringify([values.row, values.list]), shown).toBe(before);
        assertUntouched(shown);
      }
    }, 120_000);
  }

  test('are refused or harmless within a setting too', () => {
    for (const source of Object.values(hostileCorpus).flat()) {
      expect(typeof parseTemplate(`a {{ ${source} }} b`).ok).toBe('boolean');
      assertUntouched(source.slice(0, 100));
    }
  });
});
