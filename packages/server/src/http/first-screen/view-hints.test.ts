import { describe, expect, it } from 'vitest';
import { viewHintsOf, viewText } from './view-hints.ts';

const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
const hints = (headers: Readonly<Record<string, string>>) => viewHintsOf({ headers });

describe('what a request tells of its page', () => {
  it('comes from the cookie that pages write', () => {
    const cookie = 'session=x; fettle_view=de-CH~Europe%2FZurich~narrow';
    expect(hints({ cookie, 'accept-language': 'fr' })).toEqual({
      locale: 'de-CH',
      timeZone: 'Europe/Zurich',
      isNarrow: true,
    });
    expect(viewText(hints({ cookie }))).toBe('de-CH~Europe%2FZurich~narrow');
  });

  it('is guessed without the cookie', () => {
    expect(hints({ 'accept-language': 'pt-BR,pt;q=0.9' })).toEqual({ locale: 'pt-BR', timeZone, isNarrow: false });
    expect(hints({ 'user-agent': 'Mozilla/5.0 (iPhone) Mobile/15E148' })).toEqual({
      locale: 'en-US',
      timeZone,
      isNarrow: true,
    });
  });

  it('is never believed when it makes no sense', () => {
    for (const value of ['<script>~Mars/Olympus~wide', '%E0%A4%A~%~~', `${'a'.repeat(99)}~${'b'.repeat(99)}`, '~~~']) {
      const seen = hints({ cookie: `fettle_view=${value}` });
      expect([value, seen.locale, seen.timeZone]).toEqual([value, 'en-US', timeZone]);
    }
  });
});
