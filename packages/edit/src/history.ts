import { jsonEquals } from '@fettle/base';
import { definitionOf, singlesOf, type Command, type SingleCommand } from './command-table.ts';

/** One step that can be undone. Consecutive steps with the same `mergeKey` become one. */
export interface HistoryEntry {
  readonly command: Command;
  readonly inverse: Command;
  readonly mergeKey?: string;
}

/** What a history consists of: plain JSON. */
export interface HistoryState {
  readonly limit: number;
  /** Oldest first. */
  readonly past: readonly HistoryEntry[];
  /** Undone steps, the next to redo last. */
  readonly future: readonly HistoryEntry[];
  /** A mark was set: the next step stands for itself. */
  readonly isMarked: boolean;
}

/** What to send to go back or forth, and the history after it. */
export interface HistoryMove {
  readonly command: Command;
  readonly history: History;
}

/** Undo and redo as a value: every change gives a new history. Selection and open panels are not in it. */
export interface History {
  readonly state: HistoryState;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  push(entry: HistoryEntry): History;
  /** Ends merging: the next step stands for itself. */
  mark(): History;
  undo(): HistoryMove | undefined;
  redo(): HistoryMove | undefined;
}

/** A history: empty, or from a stored {@link HistoryState}. */
export function createHistory(options: { readonly limit?: number; readonly state?: HistoryState } = {}): History {
  return fromState(options.state ?? { limit: options.limit ?? 200, past: [], future: [], isMarked: false });
}

function fromState(state: HistoryState): History {
  return {
    state,
    canUndo: state.past.length > 0,
    canRedo: state.future.length > 0,
    push: (entry) => fromState(pushEntry(state, entry)),
    mark: () => fromState({ ...state, isMarked: true }),
    undo() {
      const entry = state.past.at(-1);
      if (entry === undefined) return undefined;
      const history = { ...state, past: state.past.slice(0, -1), future: [...state.future, entry], isMarked: true };
      return { command: entry.inverse, history: fromState(history) };
    },
    redo() {
      const entry = state.future.at(-1);
      if (entry === undefined) return undefined;
      const history = { ...state, past: [...state.past, entry], future: state.future.slice(0, -1), isMarked: true };
      return { command: entry.command, history: fromState(history) };
    },
  };
}

function pushEntry(state: HistoryState, entry: HistoryEntry): HistoryState {
  const last = state.past.at(-1);
  const isMerging = !state.isMarked && last?.mergeKey !== undefined && last.mergeKey === entry.mergeKey;
  const past =
    last !== undefined && isMerging ? [...state.past.slice(0, -1), merge(last, entry)] : [...state.past, entry];
  return { ...state, past: past.slice(-state.limit), future: [], isMarked: false };
}

function merge(first: HistoryEntry, second: HistoryEntry): HistoryEntry {
  // Typing sets the same place again and again: only the last value and the first inverse matter.
  const isReplaced = replaces(second.command, first.command);
  return {
    ...second,
    command: isReplaced
      ? second.command
      : { type: 'batch', commands: [...singlesOf(first.command), ...singlesOf(second.command)] },
    inverse: restores(first.inverse, second.inverse)
      ? first.inverse
      : { type: 'batch', commands: [...singlesOf(second.inverse), ...singlesOf(first.inverse)] },
  };
}

/** True when the first inverse alone puts back every place that the second one would. */
function restores(first: Command, second: Command): boolean {
  if (first.type !== 'patch.apply' || second.type !== 'patch.apply') return false;
  return second.patches.every(({ path }) =>
    first.patches.some(
      (patch) => patch.path.length <= path.length && patch.path.every((key, index) => key === path[index]),
    ),
  );
}

function replaces(later: Command, earlier: Command): boolean {
  if (later.type === 'batch' || earlier.type !== later.type) return false;
  const { value } = definitionOf(later);
  return value !== undefined && jsonEquals(without(later, value), without(earlier as SingleCommand, value));
}

function without(command: SingleCommand, member: string): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(command).filter(([key]) => key !== member));
}
