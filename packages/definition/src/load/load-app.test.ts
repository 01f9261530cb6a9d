import { expect, test } from 'vitest';
import { appToJson, emptyApp, loadApp, parseApp, saveApp } from '../index.ts';

test('a new app is valid and survives both forms byte for byte', () => {
  const app = emptyApp('Tickets');
  const files = saveApp(app);
  const loaded = loadApp(files);
  expect(loaded.ok && saveApp(loaded.value)).toEqual(files);
  const json = appToJson(app);
  const parsed = parseApp(JSON.parse(JSON.stringify(json)));
  expect(parsed.ok && JSON.stringify(appToJson(parsed.value))).toBe(JSON.stringify(json));
  expect(parsed.ok && parsed.value).toEqual(app);
});
