import { expect, test } from 'vitest';
import type { PluginContribution } from '@fettle/contract';
import { lossWords, nothingMoreWords } from './plugin-words.ts';

const brings = (...kinds: readonly PluginContribution['kind'][]): readonly PluginContribution[] =>
  kinds.map((kind) => ({ kind, id: `acme/${kind}`, title: kind, description: '', icon: 'bolt' }));

test.each<[readonly PluginContribution['kind'][], string]>([
  [
    ['function'],
    'Nothing beyond computing with what its functions are called with: no network, no tables, no secrets.',
  ],
  [
    ['component'],
    'Nothing beyond computing with what an app hands to its components: no network, no tables, no secrets.',
  ],
  [
    ['event-action'],
    'Nothing beyond computing with what is set in its event actions: no network, no tables, no secrets.',
  ],
  [
    ['function', 'flow-trigger', 'component', 'flow-action'],
    'Nothing beyond computing with what an app hands to its components, is set in flows and its functions are called with: no network, no tables, no secrets.',
  ],
])('what a plugin of %j that asks for nothing may do', (kinds, words) => {
  expect(nothingMoreWords(brings(...kinds))).toBe(words);
});

test('what is lost with a plugin is what it brings', () => {
  expect(lossWords(brings('event-action'))).toBe(
    'Buttons that start its actions fail. Settings are kept and work again when it is installed again. Until then, apps that use it cannot be published.',
  );
  expect(lossWords(brings('connector'))).toBe(
    'Its data sources cannot be reached. Settings are kept and work again when it is installed again.',
  );
});
