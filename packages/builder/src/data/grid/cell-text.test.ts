import { expect, it } from 'vitest';
import { base64Size, byteSize, cellText, fullText } from './cell-text.ts';

it('marks null and the empty text as what they are', () => {
  expect(cellText(null, { type: 'text' })).toEqual({ text: 'null', look: 'quiet' });
  expect(cellText('', { type: 'text' })).toEqual({ text: 'empty', look: 'quiet' });
  expect(cellText('null', { type: 'text' })).toEqual({ text: 'null', look: 'plain' });
});

it('keeps every digit of decimals and large integers', () => {
  expect(cellText('12345678901234567890', { type: 'integer' }).text).toBe('12345678901234567890');
  expect(cellText('10.50', { type: 'decimal' })).toEqual({ text: '10.50', look: 'number' });
});

it('shows instants in the reader’s zone and dates as they are', () => {
  const cell = cellText('2026-03-28T23:30:00.000Z', { type: 'timestamp' }, 'Europe/Madrid');
  expect(cell).toEqual({ text: '2026-03-29 00:30:00', look: 'plain', title: '2026-03-28T23:30:00.000Z' });
  expect(cellText('2026-03-28', { type: 'date' }).text).toBe('2026-03-28');
  expect(cellText('2026-03-28T10:00:00', { type: 'datetime' }).text).toBe('2026-03-28 10:00:00');
});

it('shows JSON on one line and in full over several', () => {
  expect(cellText({ a: [1] }, { type: 'json' }).text).toBe('{"a":[1]}');
  expect(fullText({ a: 1 })).toBe('{\n  "a": 1\n}');
});

it('cuts long texts and line breaks', () => {
  const cell = cellText(`first\nsecond ${'x'.repeat(500)}`, { type: 'longText' });
  expect(cell.text.startsWith('first ⏎ second')).toBe(true);
  expect(cell.text.endsWith('…')).toBe(true);
});

it('says how large binary values are', () => {
  expect(base64Size('aGVsbG8=')).toBe(5);
  expect(cellText('aGVsbG8=', { type: 'binary' }).text).toBe('5 bytes');
  expect(byteSize(1)).toBe('1 byte');
  expect(byteSize(1400)).toBe('1.4 kB');
  expect(byteSize(25_000_000)).toBe('25 MB');
});

it('names attached files and chosen options', () => {
  expect(cellText([{ id: 'f', name: 'a.pdf', size: 1, type: 'x' }], { type: 'json', meaning: 'attachment' }).text).toBe(
    'a.pdf',
  );
  expect(cellText(['red', 'blue'], { type: 'json', meaning: 'multiSelect' }).text).toBe('red, blue');
});
