import { expect, test } from 'vitest';
import { defineFlowAction, type FlowActionManifest } from '@fettle/sdk';
import { Type } from 'typebox';
import { findEntries, paletteEntries } from './palette-entries.ts';

const action = (id: string, title: string, category: string): FlowActionManifest =>
  defineFlowAction({
    id,
    version: 1,
    title,
    description: `Does ${title}`,
    icon: 'box',
    category,
    effect: 'none',
    settings: Type.Object({}),
    output: Type.Object({}),
  }) as unknown as FlowActionManifest;

const entries = paletteEntries([
  action('core/create-row', 'Create row', 'Rows'),
  action('core/log', 'Log a message', 'Basics'),
  action('core/try-it', 'Stop the music', 'Basics'),
]);
const titles = (search: string): readonly string[] =>
  findEntries(entries, search).flatMap((group) => group.entries.map(({ title }) => title));

test('everything is offered under its heading, once', () => {
  expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
  expect(findEntries(entries, '').map(({ category }) => category)).toEqual([
    'Rows',
    'Basics',
    'Decide',
    'Repeat',
    'Wait and ask',
    'Control',
  ]);
});

test('a search finds by title, description, heading and keywords, the best hit first', () => {
  expect(titles('row')[0]).toBe('Create row');
  expect(titles('condition')[0]).toBe('If');
  expect(titles('stop')).toEqual(['Stop the music', 'Stop']);
  expect(titles('  manager ')).toEqual(['Ask for approval']);
  expect(titles('nothing like this')).toEqual([]);
});
