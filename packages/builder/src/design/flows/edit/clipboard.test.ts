import { expect, test } from 'vitest';
import { allSteps } from '@fettle/definition';
import { action, branch, forEach, manySteps } from '../test/sample-steps.ts';
import { copiesFor, parseClip, writeClip } from './clipboard.ts';
import { outermost } from './step-tree.ts';

test('steps survive the clipboard, and other texts are none', () => {
  const steps = [branch('choice', [[action('a')]], [action('b')])];
  expect(parseClip(writeClip(steps))?.steps).toEqual(steps);
  for (const text of ['', 'Hello', '[]', '{"format":"fettle/components"}', '{"format":"fettle/steps","steps":[]}'])
    expect(parseClip(text)).toBeUndefined();
});

test('a clip with something unsound anywhere in it is refused as a whole', () => {
  const good = action('a');
  for (const bad of [
    { ...good, kind: 'explode' },
    { ...good, extra: 1 },
    { ...forEach('loop', []), steps: [{ ...good, settings: 'no' }] },
    { ...forEach('loop', []), steps: 'none' },
  ])
    expect(parseClip(JSON.stringify({ format: 'fettle/steps', steps: [good, bad] }))).toBeUndefined();
});

test('copies have ids of their own and free names, and refer to each other by them', () => {
  const steps = [
    action('read'),
    forEach('loop', [action('send', '{{ steps.read.output.id }} {{ steps.other.output }}')]),
  ];
  const copies = copiesFor({ steps }, steps);
  expect(allSteps(copies).map(({ name }) => name)).toEqual(['read2', 'loop2', 'send2']);
  const send = allSteps(copies)[2];
  expect(send?.kind === 'action' && send.settings['message']).toBe(
    '{{ steps.read2.output.id }} {{ steps.other.output }}',
  );
  const ids = [...allSteps(steps), ...allSteps(copies)].map(({ id }) => id);
  expect(new Set(ids).size).toBe(6);
});

test('branches get new ids, too, so that two copies in one step are told apart', () => {
  const choice = branch('choice', [[action('a')]]);
  const [copy] = copiesFor({ steps: [] }, [choice]);
  expect(copy?.kind === 'branch' && copy.branches[0]?.id).not.toBe('br_choice0');
});

test('copying a large flow onto itself keeps all names and ids unique', () => {
  const steps = manySteps(120);
  const all = allSteps([...steps, ...copiesFor({ steps }, steps)]);
  expect(new Set(all.map(({ id }) => id)).size).toBe(240);
  expect(new Set(all.map(({ name }) => name)).size).toBe(240);
});

test('of a step and one inside it, the outer one is taken', () => {
  const steps = [action('a'), forEach('loop', [action('b')])];
  expect(outermost({ steps }, ['stp_b', 'stp_loop', 'stp_a']).map(({ step }) => step.name)).toEqual(['a', 'loop']);
});
