import { expect, test } from 'vitest';
import { charsetOf, decodeText, guessText, knownEncoding } from './decode-text.ts';

const latin = Uint8Array.from([0x47, 0xfc, 0xdf]);
const bytes = (text: string, ...mark: number[]) => Uint8Array.from([...mark, ...new TextEncoder().encode(text)]);

test('text is read in the encoding that is named or marked, else in UTF-8', () => {
  expect(decodeText(bytes('Größe'))).toBe('Größe');
  expect(decodeText(bytes('Größe', 0xef, 0xbb, 0xbf))).toBe('Größe');
  expect(decodeText(Uint8Array.from([0xff, 0xfe, 0x47, 0, 0xfc, 0]))).toBe('Gü');
  expect(decodeText(Uint8Array.from([0xfe, 0xff, 0, 0x47, 0, 0xfc]))).toBe('Gü');
  expect(decodeText(latin, 'iso-8859-1')).toBe('Güß');
  expect(decodeText(Uint8Array.from([0x83, 0x65]), 'shift_jis')).toBe('テ');
  expect(decodeText(new Uint8Array())).toBe('');
});

test('what is no text is not taken for one', () => {
  expect(decodeText(latin)).toBeUndefined();
  expect(decodeText(Uint8Array.from([0x89, 0x50, 0x4e, 0x47]))).toBeUndefined();
  expect(decodeText(Uint8Array.from([0x41, 0, 0x42]))).toBeUndefined();
  expect(decodeText(latin, 'no-such-encoding')).toBeUndefined();
});

test('what must be text is guessed to be Windows-1252 when it is no UTF-8', () => {
  expect(guessText(bytes('Größe'))).toBe('Größe');
  expect(guessText(Uint8Array.from([0x80, 0x20, 0xfc]))).toBe('€ ü');
});

test('content types name encodings', () => {
  expect(charsetOf('text/plain; charset=ISO-8859-1')).toBe('windows-1252');
  expect(charsetOf('text/csv;header=present;charset="utf-16le"')).toBe('utf-16le');
  expect(charsetOf('text/plain; charset=klingon')).toBeUndefined();
  expect(charsetOf('text/plain')).toBeUndefined();
  expect(charsetOf(undefined)).toBeUndefined();
  expect(knownEncoding('latin2')).toBe('iso-8859-2');
});
