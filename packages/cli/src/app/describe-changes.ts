import type { AppChange } from '@fettle/contract';

/** How differences are shown. */
export const changeFormats = ['text', 'markdown'] as const;

/** Differences for people, who may do what first. Equal differences give equal text. */
export function describeChanges(changes: readonly AppChange[], format: string | undefined): string {
  if (changes.length === 0) return format === 'markdown' ? '_No differences._' : 'No differences.';
  return format === 'markdown' ? asMarkdown(changes) : asText(changes);
}

const signs = { added: '+', removed: '-', changed: '~' } as const;

function placeOf({ subject, name, screen }: AppChange, quote: string): string {
  const where = screen === undefined || (subject === 'screen' && screen === name) ? '' : ` (on ${screen})`;
  return `${subject} ${quote}${name}${quote}${where}`;
}

function asText(changes: readonly AppChange[]): string {
  return changes
    .map((change) => [`${signs[change.kind]} ${placeOf(change, '')}`, ...change.details.map((line) => `    ${line}`)])
    .flat()
    .join('\n');
}

function asMarkdown(changes: readonly AppChange[]): string {
  const access = changes.filter(({ subject }) => subject === 'access');
  const others = changes.filter(({ subject }) => subject !== 'access');
  return [...section('Access', access), ...section('Changes', others)].join('\n').trimEnd();
}

function section(title: string, changes: readonly AppChange[]): string[] {
  if (changes.length === 0) return [];
  return [
    `### ${title}`,
    '',
    ...changes.flatMap((change) => [
      `- **${change.kind}** ${placeOf(change, '`')}`,
      ...change.details.map((line) => `  - ${escape(line)}`),
    ]),
    '',
  ];
}

const escape = (text: string): string => text.replaceAll(/[\\`*_<>[\]]/g, String.raw`\$&`).replaceAll('\n', ' ');
