import type { Command } from '../command/command.ts';
import { exitCodeMeanings } from '../command/exit-codes.ts';
import { optionLine, usageOf, type Registry } from '../command/help.ts';
import { commonOptions, remoteOptions } from '../command/parse-command-line.ts';

/** `docs/cli.md`: made from the registry, so that it cannot drift. */
export function cliPage({ families, commands }: Registry): string {
  return [
    '<!-- Generated from packages/cli: run `pnpm run docs`. -->',
    '',
    '# The command line',
    '',
    introduction,
    '',
    ...commands.flatMap((command) => commandSection(command, `fettle ${command.name}`)),
    ...families.flatMap((family) => [
      `## fettle ${family.name}`,
      '',
      `${family.summary}.`,
      '',
      ...family.commands.flatMap((command) => commandSection(command, `fettle ${family.name} ${command.name}`, '###')),
    ]),
    '## Exit codes',
    '',
    rows(['code', 'meaning'], Object.entries(exitCodeMeanings)),
    '',
  ].join('\n');
}

const introduction = `\`pnpm fettle …\` in this repository; \`fettle …\` where the package is installed. Commands that call a server take it from
\`--profile\`, else \`--url\`, else \`FETTLE_URL\` with \`FETTLE_API_KEY\`, else from the default profile of \`fettle login\`. A key is
only sent to the address it was given or stored with, and is never printed. With \`--json\` standard output is exactly one
JSON document, the result or \`{"error": {"code", "message", "hint", "problems"}}\`; progress goes to standard error, on
terminals only. Options that every command has: \`--json\`, \`--help\`; those that call a server also: ${Object.keys(
  remoteOptions,
)
  .map((name) => `\`--${name}\``)
  .join(', ')}.`;

function commandSection(command: Command, path: string, level = '##'): string[] {
  const { description, arguments: given = {}, options = {}, exitCodes = {}, examples } = command;
  const own = Object.entries(options).filter(([name]) => !(name in commonOptions));
  return [
    `${level} ${path}`,
    '',
    `${command.summary}.`,
    '',
    ...(description === undefined ? [] : [description.replaceAll('\n', '\n\n'), '']),
    '```sh',
    usageOf(command, path),
    '```',
    '',
    ...listed(
      'argument',
      Object.entries(given).map(([name, { summary, choices }]) => [`\`${name}\``, choicesOf(summary, choices)]),
    ),
    ...listed(
      'option',
      own.map(([name, spec]) => [`\`${optionLine(name, spec)}\``, choicesOf(spec.summary, spec.choices)]),
    ),
    ...listed('exit code', Object.entries(exitCodes)),
    '```sh',
    ...examples.flatMap(({ line, summary }) => [`# ${summary}`, line]),
    '```',
    '',
  ];
}

function choicesOf(summary: string, choices: readonly string[] | undefined): string {
  return choices === undefined ? summary : `${summary}: ${choices.join(', ')}`;
}

function listed(title: string, entries: readonly (readonly [string, string])[]): string[] {
  return entries.length === 0 ? [] : [rows([title, 'meaning'], entries), ''];
}

function rows(head: readonly string[], entries: readonly (readonly [string, string])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...entries.map(line)].join('\n');
}
