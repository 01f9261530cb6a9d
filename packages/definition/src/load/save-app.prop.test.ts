import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbitraryApp } from '../../test/arbitrary-app.ts';
import { appToJson, loadApp, parseApp, saveApp } from '../index.ts';

test('saving and loading changes no byte of any app', () => {
  fc.assert(
    fc.property(arbitraryApp, (app) => {
      const files = saveApp(app);
      const loaded = loadApp(files);
      expect(loaded.ok || loaded.error).toBe(true);
      if (!loaded.ok) return;
      expect(saveApp(loaded.value)).toEqual(files);
      const text = JSON.stringify(appToJson(loaded.value));
      const parsed = parseApp(JSON.parse(text));
      expect(parsed.ok && JSON.stringify(appToJson(parsed.value))).toBe(text);
    }),
    { numRuns: 100 },
  );
});

test('parsing any JSON at all answers, and never throws', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), (json) => {
      expect(parseApp(json).ok).toBe(false);
      expect(parseApp({ format: 'fettle/app', versions: json, app: json, screens: { scr_1: json } }).ok).toBe(false);
    }),
  );
});

test('a valid app with one value replaced by anything answers, and never throws', () => {
  fc.assert(
    fc.property(arbitraryApp, fc.nat(), fc.jsonValue({ maxDepth: 2 }), (app, pick, value) => {
      const json = JSON.parse(JSON.stringify(appToJson(app))) as Record<string, unknown>;
      const places = listPlaces(json);
      const place = places[pick % places.length];
      if (place !== undefined) place.holder[place.key] = value;
      const parsed = parseApp(json);
      if (!parsed.ok) expect(parsed.error.length).toBeGreaterThan(0);
    }),
    { numRuns: 300 },
  );
});

interface JsonPlace {
  readonly holder: Record<string, unknown>;
  readonly key: string;
}

function listPlaces(value: unknown): readonly JsonPlace[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...listPlaces(holder[key])]);
}
