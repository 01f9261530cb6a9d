import { describe, expect, it } from 'vitest';
import { defineFunction, libraryOf, signatureOf } from '../manifest/function.ts';
import { parsePluginManifest } from './parse-plugin-manifest.ts';

const isLate = defineFunction({
  id: 'acme-tickets/is-late',
  title: 'Is a ticket late?',
  description: 'Tells whether a ticket is past its time.',
  parameters: [
    { name: 'due', type: 'date', description: 'When it is due.' },
    { name: 'at', type: 'date', optional: true, description: 'At which time; now when left out.' },
  ],
  returns: 'boolean',
  expression: 'isBefore(due, at ?? now())',
  examples: [{ expression: '$acmeTickets.isLate("2026-01-01", "2026-02-01")', result: true }],
});

const problemsOf = (...functions: readonly object[]): readonly string[] => {
  const parsed = parsePluginManifest(
    JSON.parse(
      JSON.stringify({
        format: 1,
        id: 'acme-tickets',
        version: '1.0.0',
        title: 'Tickets',
        description: 'Words about tickets.',
        sdk: '^0.1.0',
        permissions: {},
        contributions: { functions },
      }),
    ),
  );
  return parsed.ok ? [] : parsed.error.map(({ path, message }) => `${path} ${message}`);
};

describe('functions in the manifest of a plugin', () => {
  it('are data alone: a plugin that brings nothing else has no code', () => {
    expect(problemsOf(isLate)).toEqual([]);
    expect(signatureOf(isLate)).toBe('$acmeTickets.isLate(due, at?)');
    expect(Object.keys(libraryOf([isLate]))).toEqual(['$acmeTickets.isLate']);
  });

  it.each([
    [{ id: 'core/is-late' }, '/contributions/functions/0/id Its id must begin with "acme-tickets/"'],
    [{ id: 'acme-tickets/isLate' }, '/contributions/functions/0/id An id is'],
    [{ id: 'acme-tickets/constructor' }, '/contributions/functions/0/id A function cannot be called so'],
    [{ expression: 'due +' }, '/contributions/functions/0/expression Line 1, column 6: The expression ends too early'],
    [{ expression: 'state.due' }, 'There is nothing named "state" here. A function sees its parameters'],
    [{ expression: '$other.f(due)' }, 'A function calls standard functions and those of its own plugin.'],
    [{ expression: '$acmeTickets.isLate(due)' }, 'It calls itself: $acmeTickets.isLate → $acmeTickets.isLate'],
    [{ expression: 'due.constructor' }, '"constructor" cannot be used'],
    [{ expression: ' '.repeat(5_000) }, '/contributions/functions/0/expression'],
    [{ parameters: [{ name: '__proto__', type: 'any', description: 'X.' }] }, '"__proto__" cannot be the name'],
    [{ parameters: [{ name: 'a b', type: 'any', description: 'X.' }] }, '/parameters/0/name'],
    [{ examples: [] }, '/examples'],
    [{ examples: [{ expression: '$acmeTickets.isLate()', result: 1 }] }, 'needs at least 1, not 0'],
    [{ examples: [{ expression: 'upper("a")', result: 'A' }] }, 'An example calls the function'],
    [{ server: 'x' }, '"server" does not belong here'],
  ])('are refused with %j', (more, complaint) => {
    expect(problemsOf({ ...isLate, ...more }).join('\n')).toContain(complaint);
  });

  it('are there once each', () => {
    expect(problemsOf(isLate, isLate).join()).toContain('is there twice');
  });
});
