import type { FlowMock, FlowTest } from '@fettle/definition';
import { isInTurns } from './turns.ts';

/** The mocks of a test, as its steps ask for them. */
export class Mocks {
  readonly #byStep = new Map<string, FlowMock[]>();
  readonly #calls = new Map<string, number>();

  constructor(test: Pick<FlowTest, 'mocks'>) {
    for (const mock of test.mocks ?? []) {
      const list = this.#byStep.get(mock.step);
      if (list === undefined) this.#byStep.set(mock.step, [mock]);
      else list.push(mock);
    }
  }

  /** Counts a try of a step and answers what is to come of it: what is said of this turn and try goes before the rest. */
  take(step: string, scope: string): FlowMock | undefined {
    const call = (this.#calls.get(step) ?? 0) + 1;
    this.#calls.set(step, call);
    let best: FlowMock | undefined;
    for (const mock of this.#byStep.get(step) ?? []) {
      const fits = isInTurns(mock.turns, scope) && (mock.call === undefined || mock.call === call);
      if (fits && (best === undefined || rank(mock) > rank(best))) best = mock;
    }
    return best;
  }
}

function rank(mock: FlowMock): number {
  return (mock.turns === undefined ? 0 : 2) + (mock.call === undefined ? 0 : 1);
}
