import type { PluginContribution, PluginSigner, PluginSource } from '@fettle/contract';

const kinds: Readonly<Record<PluginContribution['kind'], readonly [one: string, many: string]>> = {
  component: ['component', 'components'],
  'event-action': ['event action', 'event actions'],
  connector: ['connector', 'connectors'],
  'flow-action': ['flow action', 'flow actions'],
  'flow-trigger': ['flow trigger', 'flow triggers'],
  function: ['function', 'functions'],
};

/** What a plugin brings, in a line: "1 connector, 3 flow actions". */
export function contributionWords(contributions: readonly PluginContribution[]): string {
  return (Object.keys(kinds) as PluginContribution['kind'][])
    .map((kind) => [kind, contributions.filter((one) => one.kind === kind).length] as const)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${count} ${kinds[kind][count === 1 ? 0 : 1]}`)
    .join(', ');
}

/** What something that a plugin brings is: "Flow action". */
export function kindWord(kind: PluginContribution['kind']): string {
  const [word] = kinds[kind];
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** What a plugin that asks for nothing may do: compute with what it is given, which depends on what it brings. */
export function nothingMoreWords(contributions: readonly PluginContribution[]): string {
  const brought = new Set(contributions.map(({ kind }) => kind));
  const given = givenWords.filter(([kinds]) => kinds.some((kind) => brought.has(kind))).map(([, words]) => words);
  return `Nothing beyond computing with what ${inWords(given)}: no network, no tables, no secrets.`;
}

/** Who gives code of a plugin what it works with, by what it is the code of. */
const givenWords: readonly (readonly [kinds: readonly PluginContribution['kind'][], words: string])[] = [
  [['component'], 'an app hands to its components'],
  [['event-action'], 'is set in its event actions'],
  [['flow-action', 'flow-trigger'], 'is set in flows'],
  [['connector'], 'is asked of its data sources'],
  [['function'], 'its functions are called with'],
];

/** What no longer works when a plugin is removed, and until when. */
export function lossWords(contributions: readonly PluginContribution[]): string {
  const has = (...kinds: readonly PluginContribution['kind'][]): boolean =>
    contributions.some(({ kind }) => kinds.includes(kind));
  return [
    ...(has('component') ? ['Where its components stand, apps say that they are not installed.'] : []),
    ...(has('event-action') ? ['Buttons that start its actions fail.'] : []),
    ...(has('flow-action') ? ['Its steps fail.'] : []),
    ...(has('flow-trigger') ? ['Its triggers start nothing.'] : []),
    ...(has('connector') ? ['Its data sources cannot be reached.'] : []),
    ...(has('function') ? ['Published apps keep the functions that they call; drafts miss them.'] : []),
    'Settings are kept and work again when it is installed again.',
    ...(has('component', 'event-action', 'flow-action', 'flow-trigger', 'function')
      ? ['Until then, apps that use it cannot be published.']
      : []),
  ].join(' ');
}

function inWords(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
}

/** Who signed it. */
export function signerWords({ state, publisher, key }: PluginSigner): string {
  switch (state) {
    case 'trusted':
      return `Signed by ${publisher ?? ''}, whom this installation trusts`;
    case 'unknown':
      return `Signed with a key that this installation does not know (${(key ?? '').slice(0, 12)}…)`;
    case 'none':
      return 'Not signed: nobody vouches for where it comes from';
  }
}

/** Where it came from. */
export function sourceWords({ kind, name }: PluginSource): string {
  switch (kind) {
    case 'file':
      return `File ${name}`;
    case 'registry':
      return `Package ${name}`;
    case 'url':
      return name;
    case 'folder':
      return `Folder ${name}`;
  }
}
