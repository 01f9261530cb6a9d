import type { Command, CommandFamily, OptionSpec } from './command.ts';
import { exitCodeMeanings } from './exit-codes.ts';
import { optionsOf } from './parse-command-line.ts';

/** What there is to choose from. */
export interface Registry {
  readonly families: readonly CommandFamily[];
  /** Commands without a family: `fettle login`. */
  readonly commands: readonly Command[];
}

/** The page of `fettle --help`. */
export function programHelp({ families, commands }: Registry): string {
  return [
    'Fettle from the command line: apps as files, servers and plugins.',
    '',
    'Usage: fettle <command> [options]',
    '',
    table([
      ...families.map(({ name, summary }) => [`${name} …`, summary] as const),
      ...commands.map(({ name, summary }) => [name, summary] as const),
    ]),
    '',
    'fettle <command> --help shows a command with examples; all of them are in docs/cli.md.',
    '',
  ].join('\n');
}

/** The page of `fettle app --help`. */
export function familyHelp({ name, summary, commands }: CommandFamily): string {
  return [
    `${summary}.`,
    '',
    `Usage: fettle ${name} <command> [options]`,
    '',
    table(commands.map((command) => [command.name, command.summary] as const)),
    '',
    `fettle ${name} <command> --help shows a command with examples.`,
    '',
  ].join('\n');
}

/** The page of one command. `path` is how it is called: `fettle app pull`. */
export function commandHelp(command: Command, path: string): string {
  const { description, arguments: given = {}, examples } = command;
  const options = Object.entries(optionsOf(command));
  return [
    `${command.summary}.`,
    '',
    `Usage: ${usageOf(command, path)}`,
    ...(description === undefined ? [] : ['', wrap(description)]),
    ...section(
      'Arguments',
      Object.entries(given).map(([name, { summary, choices }]) => [`<${name}>`, withChoices(summary, choices)]),
    ),
    ...section(
      'Options',
      options.map(([name, spec]) => [optionLine(name, spec), withChoices(spec.summary, spec.choices)]),
    ),
    '',
    'Examples:',
    ...examples.flatMap(({ line, summary }) => [`  # ${summary}`, `  ${line}`]),
    ...section(
      'Exit codes',
      Object.entries({ ...exitCodeMeanings, ...command.exitCodes }).map(([code, meaning]) => [code, meaning]),
    ),
    '',
  ].join('\n');
}

/** The command line in short: `fettle app pull [folder] [options]`. */
export function usageOf(command: Command, path: string): string {
  const words = Object.entries(command.arguments ?? {}).map(([name, spec]) => {
    const shown = `${name}${spec.isRepeated === true ? ' …' : ''}`;
    return spec.isOptional === true ? `[${shown}]` : `<${shown}>`;
  });
  return [path, ...words, '[options]'].join(' ');
}

/** An option as it is written: `-f, --force`, `--note <text>`. */
export function optionLine(name: string, { short, type, placeholder, isRepeated }: OptionSpec): string {
  const value = type === 'boolean' ? '' : ` ${placeholder ?? '<value>'}`;
  return `${short === undefined ? '' : `-${short}, `}--${name}${value}${isRepeated === true ? ' …' : ''}`;
}

function withChoices(summary: string, choices: readonly string[] | undefined): string {
  return choices === undefined ? summary : `${summary} (${choices.join(', ')})`;
}

function section(title: string, rows: readonly (readonly [string, string])[]): string[] {
  return rows.length === 0 ? [] : ['', `${title}:`, table(rows)];
}

function table(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length)) + 2;
  return rows.map(([left, right]) => `  ${left.padEnd(width)}${right}`).join('\n');
}

function wrap(text: string): string {
  return text
    .split('\n')
    .map((paragraph) => paragraph.replaceAll(/(.{1,100})(?:\s+|$)/g, '$1\n').trimEnd())
    .join('\n');
}
