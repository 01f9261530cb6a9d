import { evaluateWithFunctions, testFunctions } from '@fettle/sdk/testing';
import { expect, it } from 'vitest';
import { functions } from './functions.ts';

testFunctions(functions);

const value = (expression: string, values?: Readonly<Record<string, unknown>>): unknown =>
  evaluateWithFunctions(functions, expression, values);

it('knows the edges of networks', () => {
  const within = (ip: string, network: unknown) => value('$itOperations.ipInNetwork(ip, network)', { ip, network });
  expect(within('10.0.0.0', '10.0.0.0/8')).toBe(true);
  expect(within('10.255.255.255', '10.0.0.0/8')).toBe(true);
  expect(within('11.0.0.0', '10.0.0.0/8')).toBe(false);
  expect(within('255.255.255.255', '0.0.0.0/0')).toBe(true);
  expect(within('192.0.2.1', '192.0.2.0/33')).toBe(false);
  expect(within('192.0.2.1', '192.0.2.0/x')).toBe(false);
  expect(within('192.0.2.01', '192.0.2.0/24')).toBe(false);
  expect(within('192.0.2.1', null)).toBe(false);
});

it('grades every pair of impact and urgency', () => {
  const levels = ['high', 'medium', 'low'];
  const grades = levels.map((impact) =>
    levels.map((urgency) => value('$itOperations.severity(impact, urgency)', { impact, urgency })),
  );
  expect(grades).toEqual([
    ['P1', 'P2', 'P3'],
    ['P2', 'P3', 'P4'],
    ['P3', 'P4', 'P5'],
  ]);
});

it('takes addresses apart that have more in them', () => {
  const host = (address: string) => value('$itOperations.hostOf(address)', { address });
  expect(host('ftp://user:secret@files.example.com:21/a')).toBe('files.example.com');
  expect(host('https://example.com?x=//y')).toBe('example.com');
});
