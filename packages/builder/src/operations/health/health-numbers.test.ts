import { describe, expect, it } from 'vitest';
import { byTrouble, failureText, totalsOf, underWayText, type FlowNumbers } from './health-numbers.ts';

const flow = (facts: Partial<FlowNumbers> & { readonly flow: string }): FlowNumbers => ({
  isOff: false,
  succeeded: 0,
  failed: 0,
  cancelled: 0,
  queued: 0,
  held: 0,
  running: 0,
  waiting: 0,
  deadLetters: 0,
  series: [],
  ...facts,
});

describe('the share of runs that failed', () => {
  it.each([
    [0, 0, undefined],
    [5, 0, '0 %'],
    [0, 5, '100 %'],
    [7, 1, '12.5 %'],
    [100_000, 1, '< 0.1 %'],
    [1, 100_000, '> 99.9 %'],
  ])('of %i that succeeded and %i that failed is %s', (succeeded, failed, text) => {
    expect(failureText({ succeeded, failed })).toBe(text);
  });
});

it('flows with trouble come first, then busy ones, then by name', () => {
  const flows = [
    flow({ flow: 'c', name: 'quietB' }),
    flow({ flow: 'b', name: 'busy', succeeded: 9 }),
    flow({ flow: 'd', name: 'quietA' }),
    flow({ flow: 'a', name: 'bad', failed: 1 }),
    flow({ flow: 'e', name: 'old', deadLetters: 2 }),
  ];
  expect(byTrouble(flows).map(({ name }) => name)).toEqual(['bad', 'old', 'busy', 'quietA', 'quietB']);
  expect(totalsOf({ flows })).toMatchObject({ succeeded: 9, failed: 1, deadLetters: 2 });
});

it('what is under way is said in words, and nothing when nothing is', () => {
  expect(underWayText(flow({ flow: 'a' }))).toBeUndefined();
  expect(underWayText(flow({ flow: 'a', queued: 1200, running: 2 }))).toBe('2 running, 1,200 queued');
});
