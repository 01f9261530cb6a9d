import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeResourceUrl, safeUrl } from './safe-url.ts';

describe('safeUrl', () => {
  it.each([
    'https://example.com/a?b=c#d',
    'HTTP://EXAMPLE.COM',
    'mailto:a@example.com',
    'tel:+4912345',
    '/tickets/4',
    'tickets?next=a:b',
    '#part:two',
    './a:b',
    '//example.com/x',
  ])('lets %s through', (url) => {
    expect(safeUrl(url)).toBe(url);
  });

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    '\u0001javascript:alert(1)',
    'java\tscript:alert(1)',
    'java\nscript:alert(1)',
    'java\r\nscript:alert(1)',
    'javascript\t:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:msgbox(1)',
    'file:///etc/passwd',
    'blob:https://example.com/x',
    'view-source:https://example.com',
    'java\u0000script:alert(1)',
    'javascript&colon;alert(1):x',
    '',
    '   ',
    undefined,
    null,
    42,
    {},
  ])('refuses %j', (url) => {
    expect(safeUrl(url)).toBeUndefined();
  });

  it('trims what browsers trim', () => {
    expect(safeUrl('  https://example.com\n')).toBe('https://example.com');
  });

  it('never lets a scheme through that a browser would read as another one', () => {
    const part = fc.constantFrom(
      'java',
      'script',
      ':',
      '\t',
      '\n',
      ' ',
      '\u0000',
      'data',
      '/',
      'https',
      'alert(1)',
      '%',
      '\\',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const safe = safeUrl(parts.join(''));
        if (safe === undefined) return;
        const parsed = URL.parse(safe, 'https://app.example/here/');
        expect(['https:', 'http:', 'mailto:', 'tel:']).toContain(parsed?.protocol ?? 'https:');
      }),
      { numRuns: 2000 },
    );
  });
});

describe('safeResourceUrl', () => {
  it('refuses addresses that are not fetched', () => {
    expect(safeResourceUrl('mailto:a@example.com')).toBeUndefined();
    expect(safeResourceUrl('/logo.png')).toBe('/logo.png');
  });
});
