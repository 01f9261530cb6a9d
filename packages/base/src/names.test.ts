import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isName, labelFromName, nameFromLabel, slugFromLabel, uniqueName } from './names.ts';

describe('names', () => {
  it('come from labels', () => {
    expect(nameFromLabel('Track list')).toBe('trackList');
    expect(nameFromLabel('Über 9 Tage')).toBe('uber9Tage');
    expect(nameFromLabel('9 lives', 'cat')).toBe('cat');
    expect(nameFromLabel('你好', 'text')).toBe('text');
  });

  it('are always usable in expressions', () => {
    fc.assert(fc.property(fc.string(), (label) => isName(nameFromLabel(label, 'item'))));
  });

  it('become labels', () => {
    expect(labelFromName('invoice_line')).toBe('Invoice line');
    expect(labelFromName('invoiceLine')).toBe('Invoice line');
  });

  it('get a number when they are taken', () => {
    expect(uniqueName('table', (name) => ['table', 'table2'].includes(name))).toBe('table3');
    expect(uniqueName('step9', (name) => name === 'step9')).toBe('step2');
  });
});

it('makes slugs of letters, digits and single hyphens', () => {
  expect(slugFromLabel('  IT – Désk!! ')).toBe('it-desk');
  fc.assert(fc.property(fc.string(), (label) => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(slugFromLabel(label))));
});
