import { expect, it } from 'vitest';
import { diagnose } from './diagnose.ts';

const known = { user: { name: true as const }, row: true as const };

it('finds nothing wrong with plain text and known names', () => {
  expect(diagnose('Hello', known)).toEqual([]);
  expect(diagnose('Hello {{ user.name }} {{ row.anything }}', known)).toEqual([]);
});

it('points at what does not parse', () => {
  const [problem] = diagnose('Hi {{ 1 + }}', known);
  expect(problem?.severity).toBe('error');
  expect(problem?.from).toBeGreaterThanOrEqual(3);
});

it('points at each unknown name in the whole text, also when the same expression comes twice', () => {
  const text = '{{ wrong }} and {{ wrong }}';
  expect(diagnose(text, known).map(({ from, to }) => [from, text.slice(from, to)])).toEqual([
    [3, 'wrong'],
    [19, 'wrong'],
  ]);
});

it('checks no names where nobody can say which there are', () => {
  expect(diagnose('{{ wrong }}', undefined)).toEqual([]);
});

it('knows the functions of plugins, and says how one that is not there can be had', () => {
  const functions = {
    '$itOperations.severity': {
      parameters: [{ name: 'impact', type: 'text' as const }],
      returns: 'text' as const,
      expression: 'impact',
    },
  };
  expect(diagnose('{{ $itOperations.severity("high") }}', known, functions)).toEqual([]);
  const [wrong] = diagnose('{{ $itOperations.severity(["high"]) }}', known, functions);
  expect(wrong).toMatchObject({ severity: 'error', message: '"impact" of "$itOperations.severity" is to be a text.' });
  const [missing] = diagnose('{{ $itOperations.severity("high") }}', known);
  expect(missing?.message).toContain('install it or turn it on');
});
