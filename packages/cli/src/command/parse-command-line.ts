import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { AppError } from '@fettle/base';
import type { Command, OptionSpec, OptionSpecs } from './command.ts';

/** Options that every command understands. */
export const commonOptions = {
  json: { type: 'boolean', summary: 'Print one JSON document: the result, or {"error": …}' },
  help: { type: 'boolean', short: 'h', summary: 'Show this help' },
} as const satisfies OptionSpecs;

/** Options of commands that call a server. */
export const remoteOptions = {
  profile: {
    type: 'string',
    placeholder: '<name>',
    summary: 'The stored server to use; without: FETTLE_URL, else the default profile',
    completes: 'profile',
  },
  url: {
    type: 'string',
    placeholder: '<url>',
    summary: 'Address of the server; its key comes from FETTLE_API_KEY or the profile with this address',
  },
} as const satisfies OptionSpecs;

/** All options of a command, its own first. */
export function optionsOf(command: Command): OptionSpecs {
  return { ...command.options, ...(command.isRemote === true ? remoteOptions : {}), ...commonOptions };
}

/** What was given on a command line. */
export interface Given {
  readonly options: Readonly<Record<string, boolean | string | readonly string[] | undefined>>;
  readonly arguments: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** Reads what follows the command's name. Throws an input error that names what is wrong and the usage. */
export function parseCommandLine(command: Command, words: readonly string[], path: string): Given {
  const specs = optionsOf(command);
  const { values, positionals } = parse(command, words, path);
  const options = Object.fromEntries(
    Object.entries(specs).map(([name, spec]) => [name, valueOf(name, spec, values[name], path)]),
  );
  if (options['help'] === true) return { options, arguments: {} };
  return { options, arguments: placeArguments(command, positionals, path) };
}

function parse(command: Command, words: readonly string[], path: string) {
  const config: ParseArgsOptionsConfig = Object.fromEntries(
    Object.entries(optionsOf(command)).map(([name, spec]) => [
      name,
      {
        type: spec.type,
        multiple: spec.isRepeated === true,
        ...(spec.short === undefined ? {} : { short: spec.short }),
      },
    ]),
  );
  try {
    return parseArgs({ args: [...words], options: config, allowPositionals: true, strict: true });
  } catch (error) {
    const message = error instanceof Error ? (error.message.split('. ')[0] ?? '') : '';
    throw usageError(`${message.replace(/\.$/, '')}.`, path, error);
  }
}

function valueOf(name: string, spec: OptionSpec, given: unknown, path: string): Given['options'][string] {
  if (spec.type === 'boolean') return given === true;
  const values = (Array.isArray(given) ? given : given === undefined ? [] : [given]) as string[];
  const wrong = values.find((value) => spec.choices !== undefined && !spec.choices.includes(value));
  if (wrong !== undefined) throw usageError(`--${name} is one of ${spec.choices?.join(', ')}, not "${wrong}".`, path);
  return spec.isRepeated === true ? values : values[0];
}

function placeArguments(command: Command, positionals: readonly string[], path: string): Given['arguments'] {
  const specs = Object.entries(command.arguments ?? {});
  const placed: Record<string, string | readonly string[] | undefined> = {};
  specs.forEach(([name, spec], index) => {
    const found = spec.isRepeated === true ? positionals.slice(index) : positionals[index];
    const isMissing = found === undefined || (Array.isArray(found) && found.length === 0);
    if (isMissing && spec.isOptional !== true) throw usageError(`<${name}> is missing: ${spec.summary}.`, path);
    for (const value of spec.choices === undefined ? [] : [found ?? []].flat()) {
      if (!spec.choices?.includes(value))
        throw usageError(`<${name}> is one of ${spec.choices?.join(', ')}, not "${value}".`, path);
    }
    placed[name] = found;
  });
  const takesRest = specs.at(-1)?.[1].isRepeated === true;
  const extra = takesRest ? undefined : positionals[specs.length];
  if (extra !== undefined) throw usageError(`"${extra}" is one argument too many.`, path);
  return placed;
}

/** The command line cannot be understood. */
export function usageError(message: string, path: string, cause?: unknown): AppError {
  return new AppError('input', {
    code: 'usage.invalid',
    message,
    hint: `See: ${path} --help`,
    ...(cause === undefined ? {} : { cause }),
  });
}
