import { isJsonObject, jsonEquals } from '@fettle/base';
import type { FlowJournalEntry } from '@fettle/contract';

/** A place in a value that is not the same in both. */
export interface ValueChange {
  /** Such as `rows/0/name`; empty for the whole value. */
  readonly path: string;
  readonly one: unknown;
  readonly other: unknown;
}

/** A step of two runs side by side; absent where a run did not come to it. */
export interface ComparedStep {
  readonly path: string;
  readonly name: string;
  readonly one: FlowJournalEntry | undefined;
  readonly other: FlowJournalEntry | undefined;
  readonly isSame: boolean;
  readonly input: readonly ValueChange[];
  readonly output: readonly ValueChange[];
}

/** Places of a value that are told of; what differs beyond is not looked for. */
const mostChanges = 50;

/** The steps of two runs of a flow side by side, in the order of the first, those of the second where they came. */
export function compareRuns(
  one: readonly FlowJournalEntry[],
  other: readonly FlowJournalEntry[],
): readonly ComparedStep[] {
  const ofOne = new Map(stepsOf(one).map((entry) => [entry.path, entry]));
  const ofOther = new Map(stepsOf(other).map((entry) => [entry.path, entry]));
  return mergedPaths([...ofOne.keys()], [...ofOther.keys()]).map((path) =>
    comparedStep(path, ofOne.get(path), ofOther.get(path)),
  );
}

const stepsOf = (entries: readonly FlowJournalEntry[]): readonly FlowJournalEntry[] =>
  entries.filter(({ kind }) => kind !== 'result');

/** Paths of both: those of the second that the first has not stand behind the one they followed. */
function mergedPaths(one: readonly string[], other: readonly string[]): readonly string[] {
  const known = new Set(one);
  const behind = new Map<string, string[]>();
  let last = '';
  for (const path of other) {
    if (known.has(path)) last = path;
    else behind.set(last, [...(behind.get(last) ?? []), path]);
  }
  return [...(behind.get('') ?? []), ...one.flatMap((path) => [path, ...(behind.get(path) ?? [])])];
}

function comparedStep(
  path: string,
  one: FlowJournalEntry | undefined,
  other: FlowJournalEntry | undefined,
): ComparedStep {
  const input = one === undefined || other === undefined ? [] : changesOf(one, other, 'input');
  const output = one === undefined || other === undefined ? [] : changesOf(one, other, 'output');
  const isSame =
    one?.state === other?.state &&
    one?.error?.code === other?.error?.code &&
    one?.error?.message === other?.error?.message &&
    input.length + output.length === 0;
  return { path, name: (one ?? other)?.name ?? '', one, other, isSame, input, output };
}

function changesOf(one: FlowJournalEntry, other: FlowJournalEntry, name: 'input' | 'output'): readonly ValueChange[] {
  const left = one.omitted?.[name];
  const right = other.omitted?.[name];
  if (left === undefined && right === undefined) return valueChanges(one[name], other[name]);
  // Values too large to be sent along are told apart by their hash.
  if (left?.hash === right?.hash) return [];
  return [
    {
      path: '',
      one: left === undefined ? one[name] : large(left),
      other: right === undefined ? other[name] : large(right),
    },
  ];
}

const large = ({ characters }: { readonly characters: number }): string => `${characters.toLocaleString()} characters`;

/** Where two values differ, the first places. */
export function valueChanges(one: unknown, other: unknown): readonly ValueChange[] {
  const found: ValueChange[] = [];
  const look = (path: string, left: unknown, right: unknown): void => {
    if (found.length >= mostChanges || jsonEquals(left, right)) return;
    const inside = (key: string | number): string => (path === '' ? String(key) : `${path}/${key}`);
    if (Array.isArray(left) && Array.isArray(right)) {
      for (let at = 0; at < Math.max(left.length, right.length); at += 1) look(inside(at), left[at], right[at]);
    } else if (isJsonObject(left) && isJsonObject(right)) {
      for (const key of new Set([...Object.keys(left), ...Object.keys(right)]))
        look(inside(key), left[key], right[key]);
    } else found.push({ path, one: left, other: right });
  };
  look('', one, other);
  return found;
}
