import { describe, expect, it } from 'vitest';
import type { ColumnDescription } from './table.ts';
import { chooseLabelColumn } from './label-column.ts';

const text = (name: string, nullable = true): ColumnDescription => ({
  name,
  type: 'text',
  nativeType: 'text',
  nullable,
  hasDefault: false,
  generated: false,
});

describe('The column that stands for a row', () => {
  it('is found whether the words of its name are joined, underscored or apart', () => {
    for (const name of ['fullname', 'full_name', 'Full Name', 'display-name']) {
      expect(chooseLabelColumn([text('code'), text(name)], ['id'], [['code']])).toBe(name);
    }
    expect(chooseLabelColumn([text('city'), text('E-Mail')], ['id'], [])).toBe('E-Mail');
  });

  it('is one that is never empty rather than a unique one that may be', () => {
    expect(chooseLabelColumn([text('badge'), text('who', false)], ['id'], [['badge']])).toBe('who');
    expect(chooseLabelColumn([text('who'), text('badge')], ['id'], [['badge']])).toBe('badge');
  });
});
