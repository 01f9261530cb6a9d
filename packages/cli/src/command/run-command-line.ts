import { AppError } from '@fettle/base';
import { connect } from '../connection/connection.ts';
import type { Command, CommandContext, CommandResult } from './command.ts';
import { exitCodeOf, exitCodes } from './exit-codes.ts';
import { commandHelp, familyHelp, programHelp, type Registry } from './help.ts';
import { createOutput, type TextStream } from './output.ts';
import { parseCommandLine, usageError } from './parse-command-line.ts';

/** The process around a command line. */
export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly folder: string;
  readonly version: string;
  readonly stdin: { readonly isTTY?: boolean | undefined };
  readonly stdout: TextStream;
  readonly stderr: TextStream;
}

/** Runs one command line. Never rejects: what goes wrong is told, and is in the exit code. */
export async function runCommandLine(
  registry: Registry,
  words: readonly string[],
  around: Surroundings,
): Promise<number> {
  // Known before anything is parsed, so that mistakes on the line are told in the right form too.
  const isJson = words.includes('--json');
  const output = createOutput({ isJson, stderr: around.stderr, stdin: around.stdin });
  try {
    const found = find(registry, words, around.version);
    if ('text' in found) {
      around.stdout.write(found.text);
      return exitCodes.done;
    }
    const { command, path, rest } = found;
    const given = parseCommandLine(command, rest, path);
    if (given.options['help'] === true) {
      around.stdout.write(commandHelp(command, path));
      return exitCodes.done;
    }
    const context = {
      ...given,
      environment: around.environment,
      folder: around.folder,
      output,
      connect: () => connect({ environment: around.environment, options: given.options }),
    } as unknown as CommandContext;
    const result = await command.run(context);
    output.clear();
    print(result, isJson, around.stdout);
    return result.exitCode ?? exitCodes.done;
  } catch (error) {
    output.clear();
    tell(error, isJson, around);
    return exitCodeOf(error);
  }
}

type Found =
  | { readonly text: string }
  | { readonly command: Command; readonly path: string; readonly rest: readonly string[] };

function find(registry: Registry, words: readonly string[], version: string): Found {
  const [first, second, ...rest] = words;
  if (first === undefined || isHelp(first)) return { text: programHelp(registry) };
  if (first === '--version') return { text: `${version}\n` };
  const single = registry.commands.find(({ name }) => name === first);
  if (single !== undefined) return { command: single, path: `fettle ${first}`, rest: words.slice(1) };
  const family = registry.families.find(({ name }) => name === first);
  if (family === undefined) throw unknown(first, 'fettle', [...registry.families, ...registry.commands]);
  if (second === undefined || isHelp(second)) return { text: familyHelp(family) };
  const command = family.commands.find(({ name }) => name === second);
  if (command === undefined) throw unknown(second, `fettle ${first}`, family.commands);
  return { command, path: `fettle ${first} ${second}`, rest };
}

const isHelp = (word: string): boolean => word === '--help' || word === '-h' || word === 'help';

function unknown(word: string, path: string, known: readonly { readonly name: string }[]): AppError {
  return usageError(`There is no "${path} ${word}". There is: ${known.map(({ name }) => name).join(', ')}.`, path);
}

function print({ data, text }: CommandResult, isJson: boolean, stdout: TextStream): void {
  if (isJson) stdout.write(`${JSON.stringify(data, null, 2)}\n`);
  else if (text !== '') stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}

function tell(error: unknown, isJson: boolean, { stdout, stderr, environment }: Surroundings): void {
  const known = error instanceof AppError ? error : undefined;
  const code = known?.code ?? 'bug';
  const message = known?.message ?? `Something went wrong in Fettle itself: ${String(error)}`;
  const hint = known?.hint ?? 'Report it with this message. FETTLE_DEBUG=1 shows where it happened.';
  const problems = known?.problems ?? [];
  if (isJson)
    stdout.write(`${JSON.stringify({ error: { code, message, hint, problems, details: known?.details } }, null, 2)}\n`);
  else {
    stderr.write(`Error: ${message}\n`);
    for (const problem of problems.slice(0, 20)) stderr.write(`  ${problem.path}: ${problem.message}\n`);
    stderr.write(`${hint}\n`);
  }
  if (environment['FETTLE_DEBUG'] === '1' && error instanceof Error) stderr.write(`${error.stack ?? ''}\n`);
}
