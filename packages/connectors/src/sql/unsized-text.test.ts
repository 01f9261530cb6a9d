import { describe, expect, it } from 'vitest';
import { typeOfUnsizedText } from './unsized-text.ts';

describe('A text column without a length limit', () => {
  it('is long when its name says so', () => {
    for (const name of ['notes', 'body_html', 'longDescription', 'Long Text', 'COMMENT']) {
      expect([name, typeOfUnsizedText(name)]).toEqual([name, 'longText']);
    }
  });

  it('is an ordinary text otherwise', () => {
    for (const name of ['name', 'Full Name', 'city', 'textile', '名前', 'embodied']) {
      expect([name, typeOfUnsizedText(name)]).toEqual([name, 'text']);
    }
  });
});
