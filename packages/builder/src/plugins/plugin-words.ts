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
