import { mkdtemp, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { AppError } from '@fettle/base';
import { writeProfiles } from '../connection/profiles.ts';
import { registry as real } from '../registry.ts';
import { defineCommand } from './command.ts';
import type { Registry } from './help.ts';
import { optionsOf } from './parse-command-line.ts';
import { runCommandLine } from './run-command-line.ts';

const greet = defineCommand({
  name: 'greet',
  summary: 'Greet somebody',
  arguments: { name: { summary: 'Whom' }, more: { summary: 'Whom else', isOptional: true, isRepeated: true } },
  options: {
    loud: { type: 'boolean', short: 'l', summary: 'Louder' },
    tone: { type: 'string', summary: 'How', choices: ['warm', 'cold'] },
    gift: { type: 'string', summary: 'What to bring', isRepeated: true },
  },
  examples: [{ line: 'fettle test greet Ada', summary: 'Greets Ada' }],
  run: async ({ arguments: { name, more }, options: { loud, tone, gift } }) => ({
    data: { name, more, loud, tone: tone ?? null, gift },
    text: `Hello ${name}${loud ? '!' : '.'}`,
  }),
});
const refuse = defineCommand({
  name: 'refuse',
  summary: 'Say no',
  examples: [],
  run: async () => {
    throw new AppError('conflict', { code: 'test.no', message: 'No.', hint: 'Ask later.' });
  },
});
const registry: Registry = {
  families: [{ name: 'test', summary: 'For tests', commands: [greet, refuse] }],
  commands: [],
};

async function run(words: readonly string[], environment: Record<string, string> = {}, commands = registry) {
  let stdout = '';
  let stderr = '';
  const code = await runCommandLine(commands, words, {
    environment: { FETTLE_CONFIG: '/nonexistent/profiles.json', ...environment },
    folder: '/',
    version: '1.2.3',
    stdin: {},
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
  });
  return { code, stdout, stderr };
}

it('gives a command what the line says, by type', async () => {
  const { code, stdout } = await run([
    'test',
    'greet',
    'Ada',
    'Bob',
    '-l',
    '--tone',
    'warm',
    '--gift=a',
    '--gift',
    'b',
    '--json',
  ]);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual({ name: 'Ada', more: ['Bob'], loud: true, tone: 'warm', gift: ['a', 'b'] });
  expect((await run(['test', 'greet', 'Ada'])).stdout).toBe('Hello Ada.\n');
});

it.each([
  [['test', 'greet'], '<name> is missing'],
  [['test', 'greet', 'Ada', '--tone', 'hot'], '--tone is one of warm, cold'],
  [['test', 'greet', 'Ada', '--lod'], '--lod'],
  [['test', 'refuse', 'please'], '"please" is one argument too many'],
  [['test', 'gret'], 'There is: greet, refuse'],
  [['tst'], 'There is no "fettle tst"'],
])('refuses %s with the way to the help', async (words, message) => {
  const { code, stdout, stderr } = await run(words);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(message);
  expect(stderr).toContain('--help');
});

it('tells errors with their next step, as JSON where that was asked for', async () => {
  expect(await run(['test', 'refuse'])).toEqual({ code: 5, stdout: '', stderr: 'Error: No.\nAsk later.\n' });
  const { code, stdout, stderr } = await run(['test', 'refuse', '--json']);
  expect([code, stderr, JSON.parse(stdout)]).toEqual([
    5,
    '',
    { error: { code: 'test.no', message: 'No.', hint: 'Ask later.', problems: [] } },
  ]);
});

it('shows help at every level, and examples for every command there is', async () => {
  expect((await run([])).stdout).toContain('test …');
  expect((await run(['test', '--help'])).stdout).toContain('greet');
  expect((await run(['test', 'greet', '-h'])).stdout).toContain('fettle test greet <name> [more …] [options]');
  expect((await run(['--version'])).stdout).toBe('1.2.3\n');
  for (const { path, command } of everyCommand()) {
    expect(command.examples.length, path).toBeGreaterThan(0);
    for (const { line } of command.examples) expect(line, path).toContain(path);
    expect(Object.keys(optionsOf(command)), path).toContain('json');
  }
});

it('never sends a key to another address than its own, and refuses profiles that others can read', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fettle-profiles-'));
  const environment = { FETTLE_CONFIG: join(folder, 'deep', 'profiles.json') };
  const secret = 'fk_abcdefghijklmnopqrstuvwxyz';
  await writeProfiles(environment, { current: 'a', profiles: { a: { url: 'http://127.0.0.1:1', apiKey: secret } } });
  expect((await stat(environment.FETTLE_CONFIG)).mode & 0o777).toBe(0o600);
  const other = await run(['status', '--url', 'http://127.0.0.1:2'], environment, real);
  expect([other.code, other.stderr]).toEqual([3, expect.stringContaining('no API key for http://127.0.0.1:2')]);
  const own = await run(['status'], environment, real);
  expect([own.code, own.stderr]).toEqual([6, expect.stringContaining('cannot be reached')]);
  expect(own.stderr + other.stderr).not.toContain(secret);
  const text = await readFile(environment.FETTLE_CONFIG, 'utf8');
  const open = join(folder, 'open.json');
  await writeFile(open, text, { mode: 0o644 });
  const refused = await run(['status'], { FETTLE_CONFIG: open }, real);
  expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('chmod 600')]);
});

function everyCommand() {
  return [
    ...real.commands.map((command) => ({ path: `fettle ${command.name}`, command })),
    ...real.families.flatMap((family) =>
      family.commands.map((command) => ({ path: `fettle ${family.name} ${command.name}`, command })),
    ),
  ];
}
