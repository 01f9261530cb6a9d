import type { FlowMock, FlowTest } from '@fettle/definition';
import { isInTurns } from './turns.ts';

/** The mocks of a test, as its steps ask for them. */
export class Mocks {
  readonly #byStep = new Map<string, FlowMock[]>();
  readonly #calls = new Map<string, number>();

  constructor(test: Pick<FlowTest, 'mocks'>) {
    for (const mock of test.mocks ?? []) {
      const key = keyOf(mock.step, mock.within);
      const list = this.#byStep.get(key);
      if (list === undefined) this.#byStep.set(key, [mock]);
      else list.push(mock);
    }
  }

  /** Counts a try of a step and answers what is to come of it: what is said of this turn and try goes before the rest. */
  take(at: {
    readonly name: string;
    readonly within: readonly string[];
    readonly scope: string;
  }): FlowMock | undefined {
    const key = keyOf(at.name, at.within);
    const call = (this.#calls.get(key) ?? 0) + 1;
    this.#calls.set(key, call);
    let best: FlowMock | undefined;
    for (const mock of this.#byStep.get(key) ?? []) {
      const fits = isInTurns(mock.turns, at.scope) && (mock.call === undefined || mock.call === call);
      if (fits && (best === undefined || rank(mock) > rank(best))) best = mock;
    }
    return best;
  }
}

// Names have no slash.
function keyOf(step: string, within: readonly string[] = []): string {
  return [...within, step].join('/');
}

function rank(mock: FlowMock): number {
  return (mock.turns === undefined ? 0 : 2) + (mock.call === undefined ? 0 : 1);
}
