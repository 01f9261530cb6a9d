import type { ArgumentSpecs, CommandContext, CommandResult, OptionSpecs } from '../command/command.ts';
import { exitCodes } from '../command/exit-codes.ts';
import { readProject } from './project.ts';
import { sdkAliases } from './sdk-aliases.ts';

/** Runs the tests of a plugin. Their report goes to standard error: standard output is the result. */
export async function testPlugin(context: CommandContext<OptionSpecs, ArgumentSpecs>): Promise<CommandResult> {
  const { folder } = await readProject(context.folder, context.arguments['folder'] as string | undefined);
  const isWatching = (context.options['watch'] as unknown) === true;
  const { startVitest } = await import('vitest/node');
  const vitest = await startVitest(
    'test',
    [],
    {
      root: folder,
      dir: folder,
      config: false,
      watch: isWatching,
      include: ['src/**/*.test.{ts,tsx}'],
      passWithNoTests: false,
      reporters: context.output.isJson ? ['dot'] : ['default'],
    },
    {
      oxc: { jsx: { runtime: 'automatic' } },
      resolve: { alias: [...sdkAliases(), { find: /^vitest$/, replacement: import.meta.resolve('vitest') }] },
    },
    { stdout: process.stderr, stderr: process.stderr },
  );
  if (isWatching) await new Promise<void>((resolve) => vitest.onClose(() => resolve()));
  const files = vitest.state.getFiles();
  const tests = vitest.state.getTestModules().flatMap((module) => [...module.children.allTests()]);
  const failed = tests.filter((test) => test.result().state === 'failed').map((test) => test.fullName);
  const passed = tests.filter((test) => test.result().state === 'passed').length;
  const isGood = files.length > 0 && failed.length === 0 && passed > 0 && vitest.state.getCountOfFailedTests() === 0;
  await vitest.close();
  return {
    data: { passed, failed },
    text: isGood ? `${passed} tests passed.` : `${failed.length} tests failed, ${passed} passed.`,
    ...(isGood ? {} : { exitCode: exitCodes.found }),
  };
}
