import { describe, expect, it } from 'vitest';
import { alertKinds, alertProblem, conditionText, newAlert, receiversText } from './alert-words.ts';

const names = { person: (id: string) => id.toUpperCase(), flow: (id: string) => `flow ${id}` };

describe('an alert says', () => {
  it.each([
    [{}, undefined, 'When a run of any flow fails'],
    [{ kind: 'failures', count: 5, minutes: 60 }, 'Sync', 'When 5 runs of “Sync” fail within an hour'],
    [
      { kind: 'missed-schedule', minutes: 1 },
      'Nightly',
      'When “Nightly” does not begin within a minute of its schedule',
    ],
    [{ kind: 'slow-queue', minutes: 90 }, undefined, 'When a run of any flow is queued for more than 90 minutes'],
    [{ kind: 'long-duration', minutes: 2880 }, 'Sync', 'When a run of “Sync” takes more than 2 days'],
  ] as const)('when: %j of %s', (facts, flow, text) => {
    expect(conditionText({ ...newAlert, ...facts }, flow)).toBe(text);
  });

  it('who is told', () => {
    const told = (facts: object) => receiversText({ ...newAlert, ...facts }, names);
    expect(told({ people: ['ada'], emails: ['a@b.c'] })).toBe('Tells ADA, a@b.c');
    expect(told({ people: ['a', 'b', 'c', 'd'] })).toBe('Tells A, B and 2 more');
    expect(told({ startFlow: 'x' })).toBe('It starts “flow x”');
    expect(told({ people: ['a'], startFlow: 'x' })).toBe('Tells A and starts “flow x”');
  });

  it('what is missing', () => {
    expect(alertProblem(newAlert)).toBe('Give it a name.');
    expect(alertProblem({ ...newAlert, name: 'x' })).toContain('Choose who is told');
    expect(alertProblem({ ...newAlert, name: 'x', emails: ['nobody'] })).toContain('no e-mail address');
    expect(alertProblem({ ...newAlert, name: 'x', people: ['ada'] })).toBeUndefined();
  });
});

it('every kind has words of its own', () => {
  const texts = alertKinds.map(({ value }) => conditionText({ ...newAlert, kind: value }, 'x'));
  expect(new Set(texts).size).toBe(alertKinds.length);
});
