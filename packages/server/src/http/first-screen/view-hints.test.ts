import { describe, expect, it } from 'vitest';
import { viewHintsOf } from './view-hints.ts';

const hints = (headers: Readonly<Record<string, string>>) => viewHintsOf({ headers });

describe('what a request tells of its page', () => {
  it('comes from the cookie that pages write', () => {
    const cookie = 'session=x; fettle_view=de-CH~Europe%2FZurich~narrow';
    expect(hints({ cookie, 'accept-language': 'fr' })).toEqual({
      locale: 'de-CH',
      timeZone: 'Europe/Zurich',
      isNarrow: true,
    });
  });

  it('is guessed without the cookie, but for the time zone', () => {
    expect(hints({ 'accept-language': 'pt-BR,pt;q=0.9' })).toEqual({ locale: 'pt-BR', isNarrow: false });
    expect(hints({ 'user-agent': 'Mozilla/5.0 (iPhone) Mobile/15E148' })).toEqual({ locale: 'en-US', isNarrow: true });
  });

  it('is never believed when it makes no sense', () => {
    for (const value of ['<script>~Mars/Olympus~wide', '%E0%A4%A~%~~', `${'a'.repeat(99)}~${'b'.repeat(99)}`, '~~~']) {
      const { locale, timeZone } = hints({ cookie: `fettle_view=${value}` });
      expect([value, locale, timeZone]).toEqual([value, 'en-US', undefined]);
    }
  });
});
