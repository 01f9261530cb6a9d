import { expect, test } from 'vitest';
import { createHistory, type Command, type HistoryEntry } from './index.ts';

const set = (value: string, path = 'text'): Command => ({
  type: 'setting.set',
  screen: 'scr_1',
  component: 'cmp_1',
  path,
  value,
});
const undo = (value: string, path = 'text'): Command => ({
  type: 'patch.apply',
  patches: [{ op: 'replace', path: ['screens', 'scr_1', path], value }],
});
const typing = (value: string, before: string): HistoryEntry => ({
  command: set(value),
  inverse: undo(before),
  mergeKey: 'cmp_1/text',
});

test('steps with the same merge key become one that goes back to the start of typing', () => {
  const history = createHistory().push(typing('a', '')).push(typing('ab', 'a')).push(typing('abc', 'ab'));
  expect(history.state.past).toEqual([{ command: set('abc'), inverse: undo(''), mergeKey: 'cmp_1/text' }]);
});

test('a mark, another key or no key begins a new step', () => {
  const marked = createHistory().push(typing('a', '')).mark().push(typing('ab', 'a'));
  expect(marked.state.past).toHaveLength(2);
  const other = createHistory()
    .push(typing('a', ''))
    .push({ ...typing('b', ''), mergeKey: 'else' });
  expect(other.state.past).toHaveLength(2);
  const plain = createHistory()
    .push({ command: set('a'), inverse: undo('') })
    .push({ command: set('b'), inverse: undo('a') });
  expect(plain.state.past).toHaveLength(2);
});

test('different places under one key become a batch, undone in reverse', () => {
  const history = createHistory()
    .push({ command: set('1', 'x'), inverse: undo('0', 'x'), mergeKey: 'k' })
    .push({ command: set('1', 'y'), inverse: undo('0', 'y'), mergeKey: 'k' });
  expect(history.state.past).toEqual([
    {
      command: { type: 'batch', commands: [set('1', 'x'), set('1', 'y')] },
      inverse: { type: 'batch', commands: [undo('0', 'y'), undo('0', 'x')] },
      mergeKey: 'k',
    },
  ]);
});

test('undo and redo walk the steps; a new step forgets what was undone', () => {
  const history = createHistory().push({ command: set('a'), inverse: undo('') });
  const back = history.undo();
  expect(back?.command).toEqual(undo(''));
  expect(back?.history.canUndo).toBe(false);
  expect(back?.history.redo()?.command).toEqual(set('a'));
  expect(back?.history.push({ command: set('b'), inverse: undo('') }).canRedo).toBe(false);
  expect(history.canUndo).toBe(true);
});

test('the oldest steps are forgotten beyond the limit', () => {
  const history = ['a', 'b', 'c'].reduce(
    (all, value) => all.push({ command: set(value), inverse: undo('') }),
    createHistory({ limit: 2 }),
  );
  expect(history.state.past.map(({ command }) => command)).toEqual([set('b'), set('c')]);
});
