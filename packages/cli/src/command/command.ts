import type { Output } from './output.ts';
import type { Connection } from '../connection/connection.ts';

/** What the shell can offer when somebody presses Tab. */
export type Completes = 'file' | 'folder' | 'profile';

/** One option: `--name` or `--name <value>`. */
export interface OptionSpec {
  readonly type: 'boolean' | 'string';
  readonly summary: string;
  /** One letter: `-f`. */
  readonly short?: string;
  /** What stands for the value in help: `<folder>`. */
  readonly placeholder?: string;
  /** May be given several times. */
  readonly isRepeated?: true;
  /** The only values there are. */
  readonly choices?: readonly string[];
  readonly completes?: Completes;
}

/** One argument by its position. */
export interface ArgumentSpec {
  readonly summary: string;
  readonly isOptional?: true;
  /** Takes all that follow; the last argument only. */
  readonly isRepeated?: true;
  readonly choices?: readonly string[];
  readonly completes?: Completes;
}

/** Options by name, in the order in which help shows them. */
export type OptionSpecs = Readonly<Record<string, OptionSpec>>;
/** Arguments by name, in the order in which they are given. */
export type ArgumentSpecs = Readonly<Record<string, ArgumentSpec>>;

type OptionValue<S extends OptionSpec> = S['type'] extends 'boolean'
  ? boolean
  : S['isRepeated'] extends true
    ? readonly string[]
    : string | undefined;
type ArgumentValue<S extends ArgumentSpec> = S['isRepeated'] extends true
  ? readonly string[]
  : S['isOptional'] extends true
    ? string | undefined
    : string;

/** Everything around a command: what was given, and where it may read and write. */
export interface CommandContext<O extends OptionSpecs = OptionSpecs, A extends ArgumentSpecs = ArgumentSpecs> {
  readonly options: { readonly [K in keyof O]: OptionValue<O[K]> };
  readonly arguments: { readonly [K in keyof A]: ArgumentValue<A[K]> };
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly folder: string;
  readonly output: Output;
  /** The server, found by `--url`, `--profile`, the environment or the stored profiles. */
  connect(): Promise<Connection>;
}

/** What a command has to say. */
export interface CommandResult {
  /** What `--json` prints: plain JSON. */
  readonly data: unknown;
  /** What people read. */
  readonly text: string;
  /** Not 0 when what was asked about is not so: problems, differences. See `exitCodes`. */
  readonly exitCode?: number;
}

/** An example of a command line, shown by `--help` and in the documentation. */
export interface Example {
  readonly line: string;
  readonly summary: string;
}

/** One command as data, and the way to what it does: help, completion and documentation are made from it. */
export interface Command<O extends OptionSpecs = OptionSpecs, A extends ArgumentSpecs = ArgumentSpecs> {
  readonly name: string;
  /** One line, without a full stop. */
  readonly summary: string;
  /** What else there is to know, in paragraphs. */
  readonly description?: string;
  readonly options?: O;
  readonly arguments?: A;
  /** It calls a server: `--url` and `--profile` are understood. */
  readonly isRemote?: true;
  /** Exit codes of its own, with their meaning, besides the usual ones. */
  readonly exitCodes?: Readonly<Record<number, string>>;
  readonly examples: readonly Example[];
  /** Loads what it does only when it is asked for: `async (context) => (await import('./pull.ts')).pull(context)`. */
  run(context: CommandContext<O, A>): Promise<CommandResult>;
}

/** Commands with a name in common: `fettle app …`. Each family is a folder. */
export interface CommandFamily {
  readonly name: string;
  readonly summary: string;
  readonly commands: readonly Command[];
}

/** Declares a command; its options and arguments are known by type in `run`. */
export function defineCommand<
  const O extends OptionSpecs = Record<never, never>,
  const A extends ArgumentSpecs = Record<never, never>,
>(command: Command<O, A>): Command {
  return command as unknown as Command;
}
