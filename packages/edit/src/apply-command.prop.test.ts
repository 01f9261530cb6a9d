import fc from 'fast-check';
import { expect, test } from 'vitest';
import { appToJson, checkInvariants, parseApp, type App } from '@fettle/definition';
import { arbitraryIntent, commandFor, sampleCatalog } from '../test/arbitrary-commands.ts';
import { appWith, component } from '../test/sample.ts';
import {
  applyCommand,
  createHistory,
  parseCommand,
  replay,
  touches,
  type Applied,
  type Command,
  type History,
} from './index.ts';

const options = { catalog: sampleCatalog };
const bytes = (app: App): string => JSON.stringify(appToJson(app));
const overJson = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

function startApp(): App {
  const parsed = parseApp(
    overJson(
      appToJson(
        appWith(
          {
            cmp_box: component('part1', { type: 'core/stack', slots: { children: ['cmp_in'] } }),
            cmp_in: component('part2', { settings: { text: '{{ components.part1.value }} {{ state.page }}' } }),
            cmp_b: component('part3', { type: 'core/button', settings: { target: 'cmp_in', flag: 'sta_0' } }),
          },
          { state: [{ id: 'sta_0', name: 'page', initial: 1 }] },
        ),
      ),
    ),
  );
  if (!parsed.ok) throw new TypeError(JSON.stringify(parsed.error));
  return parsed.value;
}

interface Done {
  readonly command: Command;
  readonly applied: Applied;
}

/** Applies what the intents mean, leaving out what is refused; commands and inverses pass through JSON and its check. */
function run(app: App, intents: Parameters<typeof commandFor>[1][]): readonly Done[] {
  const done: Done[] = [];
  let current = app;
  intents.forEach((intent, index) => {
    const command = overJson(commandFor(current, intent, index));
    const parsed = parseCommand(command);
    expect(parsed.ok || parsed.error).toBe(true);
    touches(command, current);
    const applied = applyCommand(current, command, options);
    if (!applied.ok) return expect(applied.error.hint).toBeTruthy();
    done.push({ command, applied: applied.value });
    current = applied.value.app;
  });
  return done;
}

test('whatever is applied, every app on the way is valid and survives storage byte for byte', () => {
  fc.assert(
    fc.property(fc.array(arbitraryIntent, { maxLength: 25 }), (intents) => {
      for (const { applied } of run(startApp(), intents)) {
        expect(checkInvariants(applied.app)).toEqual([]);
        const json = overJson(appToJson(applied.app));
        const parsed = parseApp(json, options);
        expect(parsed.ok || parsed.error).toBe(true);
        expect(parsed.ok && bytes(parsed.value)).toBe(bytes(applied.app));
      }
    }),
    { numRuns: 120 },
  );
});

test('undoing everything gives exactly the start, by value and by bytes', () => {
  fc.assert(
    fc.property(fc.array(arbitraryIntent, { maxLength: 40 }), (intents) => {
      const start = startApp();
      const done = run(start, intents);
      let current = done.at(-1)?.applied.app ?? start;
      for (const { applied } of done.toReversed()) {
        const inverse = overJson(applied.inverse);
        expect(parseCommand(inverse).ok).toBe(true);
        const undone = applyCommand(current, inverse, options);
        expect(undone.ok || undone.error.message).toBe(true);
        if (undone.ok) current = undone.value.app;
      }
      expect(current).toEqual(start);
      expect(bytes(current)).toBe(bytes(start));
    }),
    { numRuns: 150 },
  );
});

test('a replay of the commands gives the app that was edited live', () => {
  fc.assert(
    fc.property(fc.array(arbitraryIntent, { maxLength: 40 }), (intents) => {
      const done = run(startApp(), intents);
      const again = replay(
        startApp(),
        done.map(({ command }) => overJson(command)),
        options,
      );
      expect(again.ok && again.value).toEqual(done.at(-1)?.applied.app ?? startApp());
    }),
    { numRuns: 100 },
  );
});

test('patches lead from the old app to the new one', () => {
  fc.assert(
    fc.property(fc.array(arbitraryIntent, { maxLength: 15 }), (intents) => {
      let current = startApp();
      for (const { applied } of run(startApp(), intents)) {
        const patched = applyCommand(
          current,
          overJson({ type: 'patch.apply', patches: [...applied.patches] }),
          options,
        );
        expect(patched.ok && patched.value.app).toEqual(applied.app);
        current = applied.app;
      }
    }),
    { numRuns: 60 },
  );
});

test('the history takes everything back and forth, whatever was merged', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(arbitraryIntent, fc.constantFrom(undefined, 'k', 'm')), { maxLength: 25 }),
      (steps) => {
        const start = startApp();
        let history: History = createHistory();
        let current = start;
        steps.forEach(([intent, mergeKey], index) => {
          const command = overJson(commandFor(current, intent, index));
          const applied = applyCommand(current, command, options);
          if (!applied.ok) return;
          current = applied.value.app;
          history = history.push({
            command,
            inverse: applied.value.inverse,
            ...(mergeKey === undefined ? {} : { mergeKey }),
          });
        });
        const end = current;
        history = createHistory({ state: overJson(history.state) });
        for (let move = history.undo(); move !== undefined; move = history.undo()) {
          const undone = replay(current, [move.command], options);
          expect(undone.ok || undone.error.message).toBe(true);
          if (undone.ok) current = undone.value;
          history = move.history;
        }
        expect(bytes(current)).toBe(bytes(start));
        for (let move = history.redo(); move !== undefined; move = history.redo()) {
          const redone = replay(current, [move.command], options);
          expect(redone.ok || redone.error.message).toBe(true);
          if (redone.ok) current = redone.value;
          history = move.history;
        }
        expect(bytes(current)).toBe(bytes(end));
      },
    ),
    { numRuns: 100 },
  );
});

test('no patch, however hostile, makes an app that would not load', () => {
  const key = fc.oneof(
    fc.constantFrom(
      'screens',
      'app',
      'queries',
      'access',
      'theme',
      'extensions',
      'scr_home',
      'components',
      'cmp_box',
      'cmp_root',
      'cmp_in',
    ),
    fc.constantFrom(
      'settings',
      'slots',
      'children',
      'events',
      'name',
      'root',
      'length',
      'state',
      '__proto__',
      'constructor',
      'component:core/table',
    ),
    fc.nat(3),
    fc.string({ maxLength: 5 }),
  );
  const path = fc.oneof(
    fc.array(key, { minLength: 1, maxLength: 7 }),
    fc
      .tuple(fc.constantFrom('cmp_box', 'cmp_root', 'cmp_in', 'cmp_new'), fc.array(key, { maxLength: 3 }))
      .map(([id, rest]) => ['screens', 'scr_home', 'components', id, ...rest]),
  );
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.constantFrom<unknown>('cmp_in', ['cmp_in'], { children: ['cmp_in', 'cmp_b'] }, component('x'), { a: 2 }),
  );
  const patch = fc.record(
    { op: fc.constantFrom('add', 'replace', 'remove'), path, value },
    { requiredKeys: ['op', 'path'] },
  );
  fc.assert(
    fc.property(fc.array(patch, { minLength: 1, maxLength: 3 }), (patches) => {
      const parsed = parseCommand(overJson({ type: 'patch.apply', patches }));
      if (!parsed.ok) return;
      const applied = applyCommand(startApp(), parsed.value, options);
      if (!applied.ok) return;
      const loaded = parseApp(overJson(appToJson(applied.value.app)));
      expect(loaded.ok || loaded.error).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});
