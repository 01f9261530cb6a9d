import { expect, it } from 'vitest';
import { browserName } from './browser-name.ts';

it('names browsers and systems in words', () => {
  expect(browserName('Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0')).toBe(
    'Firefox on Linux',
  );
  expect(browserName('Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0')).toBe(
    'Edge on Windows',
  );
  expect(browserName('curl/8.0 x')).toBe('curl/8.0');
  expect(browserName('')).toBe('Unknown');
});
