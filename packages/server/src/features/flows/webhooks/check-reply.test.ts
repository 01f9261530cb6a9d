import { validateHeaderName, validateHeaderValue } from 'node:http';
import { describe, expect, it, test } from 'vitest';
import { checkReply } from './check-reply.ts';

const withHeader = (name: string, value: string) => checkReply({ status: 200, headers: { [name]: value }, body: null });

describe('what a flow may say in its answer', () => {
  test.each(['Content-Type', 'X-Request-Id', 'Location', 'ETag', 'Cache-Control', 'Access-Control-Allow-Origin'])(
    '%s',
    (name) => expect(withHeader(name, 'a').headers).toEqual({ [name.toLowerCase()]: 'a' }),
  );
});

describe('what it may not', () => {
  test.each([
    'Set-Cookie',
    'Set-Cookie2',
    'Content-Length',
    'Transfer-Encoding',
    'Trailer',
    'Connection',
    'Upgrade',
    'Content-Encoding',
    'Content-Security-Policy',
    'X-Content-Type-Options',
    'X-Frame-Options',
    'X-Accel-Redirect',
    'X-Sendfile',
    'X-LiteSpeed-Location',
    'Strict-Transport-Security',
    'Alt-Svc',
    'NEL',
    'Report-To',
    'Clear-Site-Data',
    'Service-Worker-Allowed',
    'WWW-Authenticate',
    'Access-Control-Allow-Credentials',
    'Refresh',
    '__proto__x',
    'X-A\r\nSet-Cookie',
    'X-A:',
    '',
  ])('%j', (name) => expect(() => withHeader(name, 'a')).toThrow(/cannot be set/));

  test.each([0, 100, 101, 199, 600, 200.5, Number.NaN])('the status %d', (status) =>
    expect(() => checkReply({ status, headers: {}, body: null })).toThrow(/status/),
  );
});

it('no value ends its line, or stops the answer', () => {
  for (const value of ['a\r\nSet-Cookie: b=c', 'Łódź 🙂', 'nul\0', 'tab\there', '\u007f', '\u2028', 'é']) {
    for (const [name, sent] of Object.entries(withHeader('X-Name', value).headers)) {
      validateHeaderName(name);
      validateHeaderValue(name, sent);
      expect(sent).not.toMatch(/[\r\n]/);
    }
  }
});
