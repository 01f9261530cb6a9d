import { describe, expect, it } from 'vitest';
import { createScope, createScopeObject, parseTemplate } from '@fettle/expression';
import type { RuntimeHandle } from '@fettle/runtime';
import { compileTemplate } from '@fettle/expression';
import type { Query } from '@fettle/definition';
import { defineFunction } from '@fettle/sdk';
import { complete, expressionStart, ownerOf } from './complete.ts';
import { createWorld } from './expression-world.ts';

const orders = { rows: [{ id: 7, title: 'Lamp', 'unit price': '9.90' }], selectedRow: { id: 7, title: 'Lamp' } };
const components = createScopeObject({ has: (key) => key === 'orders', get: () => orders, keys: () => ['orders'] });
const live = createScope({ components, user: { name: 'Ada' } });

const handle: Pick<RuntimeHandle, 'evaluate' | 'getScope'> = {
  getScope: (_component, extra) => (extra === undefined ? live : createScope(extra, live)),
  evaluate: (_component, template, extra) => {
    try {
      return { value: compileTemplate(template)(createScope(extra ?? {}, live)) };
    } catch {
      return { value: undefined };
    }
  },
};

const lists = { id: 'qry_1', name: 'lists', result: [{ name: 'city', type: 'text' }] } as unknown as Query;
const world = createWorld({
  handle,
  component: undefined,
  extra: { row: { city: 'Bern' } },
  known: { queries: { lists: true } },
  queries: { qry_1: lists },
  functions: [
    defineFunction({
      id: 'it-operations/severity',
      title: 'Severity',
      description: 'How severe an incident is.',
      parameters: [
        { name: 'impact', type: 'text', description: 'How many it hits.' },
        { name: 'urgency', type: 'text', default: 'low', description: 'How soon.' },
      ],
      returns: 'text',
      expression: 'impact + urgency',
      examples: [{ expression: '$itOperations.severity("high")', result: 'highlow' }],
    }),
  ],
});

function labels(text: string, isAsked = false): readonly string[] {
  const caret = text.indexOf('|');
  return (complete(text.replace('|', ''), caret, world, isAsked)?.suggestions ?? []).map(({ label }) => label);
}

describe('completion', () => {
  it('says nothing outside of braces and inside of texts', () => {
    expect(labels('Hello us|')).toEqual([]);
    expect(labels('{{ user.name }} us|')).toEqual([]);
    expect(labels('{{ "us|" }}')).toEqual([]);
    expect(expressionStart('\\{{ us', 6)).toBeUndefined();
  });

  it('offers the live names, names of this place, and functions', () => {
    const found = labels('{{ u| }}');
    expect(found).toEqual(expect.arrayContaining(['user', 'components', 'row', 'queries', 'upper', 'true']));
  });

  it('offers functions of plugins with how they are called, and alone behind the name of their plugin', () => {
    const text = '{{ sev }}';
    const found = complete(text, 6, world, false)?.suggestions.find(({ spec }) => spec?.name.startsWith('$'));
    expect(found).toMatchObject({
      label: '$itOperations.severity',
      insert: '$itOperations.severity()',
      detail: '(impact, urgency?)',
      back: 1,
      spec: { description: 'How severe an incident is.', returns: 'text' },
    });
    expect(labels('{{ $itOperations.| }}')).toEqual(['severity']);
    expect(labels('{{ $itOperations.sev| }}')).toEqual(['severity']);
    expect(labels('{{ $other.| }}')).toEqual([]);
  });

  it('offers the members of scope objects and of the values in them', () => {
    expect(labels('{{ components.| }}')).toEqual(['orders']);
    expect(labels('{{ components.orders.sel| }}')).toEqual(['rows', 'selectedRow']);
    expect(labels('{{ components.orders.rows[0].| }}')).toEqual(['id', 'title', 'unit price']);
    expect(labels('{{ 1 + row.| }}')).toEqual(['city']);
  });

  it('puts a member that is no name in brackets, the dot included', () => {
    const text = '{{ components.orders.rows[0]. }}';
    const found = complete(text, text.indexOf('. }') + 1, world, false)?.suggestions.find(
      ({ label }) => label === 'unit price',
    );
    expect(found).toMatchObject({ insert: '["unit price"]', replacesDot: true });
  });

  it('knows the columns of a query that has not run', () => {
    expect(labels('{{ queries.lists.data[0].| }}')).toEqual(['city']);
  });

  it('describes functions and leaves the caret between their parentheses', () => {
    const upper = complete('{{ upp', 6, world, false)?.suggestions.find(({ label }) => label === 'upper');
    expect(upper).toMatchObject({ kind: 'function', insert: 'upper()', back: 1 });
    expect(upper?.spec?.examples.length).toBeGreaterThan(0);
  });

  it('finds what stands before a dot', () => {
    expect(ownerOf('1 + a.b(c, d)[0]')).toBe('a.b(c, d)[0]');
    expect(ownerOf('sum(x)')).toBe('sum(x)');
    expect(ownerOf('a?.b')).toBe('a?.b');
    expect(ownerOf('5')).toBeUndefined();
    expect(parseTemplate('{{ a?.b }}').ok).toBe(true);
  });
});
