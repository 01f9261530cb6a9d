import type { FlowStep } from '@fettle/definition';
import type { JournalEntry } from '../journal.ts';
import { loopsOfScope } from './run-place.ts';
import { enabledLists, enabledSteps } from './same-step.ts';

/** The journal of a run that is over, to look things up in. */
export class OldJournal {
  readonly #entries = new Map<string, JournalEntry>();
  readonly #inLoops = new Map<string, JournalEntry[]>();

  constructor(entries: readonly JournalEntry[]) {
    for (const entry of entries) {
      this.#entries.set(entry.path, entry);
      for (const loop of loopsOfScope(entry.scope)) {
        const known = this.#inLoops.get(loop);
        if (known === undefined) this.#inLoops.set(loop, [entry]);
        else known.push(entry);
      }
    }
  }

  find(path: string): JournalEntry | undefined {
    return this.#entries.get(path);
  }

  /** Everything inside a loop: its turns, whatever is inside of them, and what it collected. */
  insideLoop(path: string): readonly JournalEntry[] {
    return this.#inLoops.get(path) ?? [];
  }

  /** The turns of a loop that began, in order. */
  turnsOf(path: string): readonly number[] {
    const turns = new Set<number>();
    for (const { scope } of this.insideLoop(path)) {
      const turn = /^(\d+)\//.exec(scope.slice(path.length + 1))?.[1];
      if (turn !== undefined) turns.add(Number(turn));
    }
    return [...turns].toSorted((a, b) => a - b);
  }

  /** The list that a branch or switch went into; undefined when it did not come so far. */
  chosenIn(step: FlowStep, scope: string): string | undefined {
    const entry = this.find(`${scope}${step.id}`);
    const chosen = (entry?.output as { readonly chosen?: unknown } | null | undefined)?.chosen;
    return entry?.state === 'succeeded' && typeof chosen === 'string' ? chosen : undefined;
  }

  /** True when a step, with everything inside it, is over and the run went on behind it. */
  isOver(step: FlowStep, scope: string): boolean {
    const entry = this.find(`${scope}${step.id}`);
    if (entry === undefined) return false;
    switch (step.kind) {
      case 'return':
      case 'stop':
        return false;
      case 'branch':
      case 'switch': {
        const chosen = this.chosenIn(step, scope);
        return chosen !== undefined && this.areOver(stepsIn(step, chosen), scope);
      }
      case 'try':
        return entry.state === 'succeeded' && this.areOver(enabledSteps(step.finally), scope);
      default:
        return entry.state === 'succeeded' || entry.state === 'previewed' || entry.state === 'skipped';
    }
  }

  areOver(steps: readonly FlowStep[], scope: string): boolean {
    return steps.every((step) => this.isOver(step, scope));
  }
}

/** Steps of one list inside a step; of a list that is not there, none. */
export function stepsIn(step: FlowStep, list: string): readonly FlowStep[] {
  return enabledLists(step).find((one) => one.list === list)?.steps ?? [];
}

/** Whether a step is, or holds, the one with this id without a loop between them. */
export function holds(step: FlowStep, id: string): boolean {
  if (step.id === id) return true;
  if (step.kind === 'forEach' || step.kind === 'while') return false;
  return enabledLists(step).some(({ steps }) => steps.some((inner) => holds(inner, id)));
}
