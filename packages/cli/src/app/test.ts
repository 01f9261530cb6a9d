import { routes, type FlowTestOutcome } from '@fettle/contract';
import type { CommandContext, CommandResult } from '../command/command.ts';
import { exitCodes } from '../command/exit-codes.ts';
import { findTarget, type TargetOptions } from './target-app.ts';

/** Runs the tests of flows. */
export async function testApp(
  context: CommandContext,
  options: TargetOptions & { readonly flow: string | undefined },
): Promise<CommandResult> {
  const { client, info } = await findTarget(context, options);
  context.output.progress(`Testing the flows of ${info.name} …`);
  const body = options.flow === undefined ? {} : { flow: options.flow };
  const report = await client.call(routes.flowTests.run, { params: { appId: info.id }, body });
  return {
    data: { app: info.slug, ...report },
    text: [...report.results.flatMap(linesOf), sumOf(report)].join('\n'),
    ...(report.failed > 0 ? { exitCode: exitCodes.found } : {}),
  };
}

function linesOf({ name, hasPassed, differences }: FlowTestOutcome): readonly string[] {
  return [
    `${hasPassed ? 'passed' : 'FAILED'} ${name}`,
    ...differences.map(({ place, message, hint }) => {
      const where = place === '' ? '' : `${place}: `;
      return `    ${where}${message}${hint === undefined ? '' : ` ${hint}`}`;
    }),
  ];
}

function sumOf(report: { readonly passed: number; readonly failed: number; readonly revision: number }): string {
  if (report.passed + report.failed === 0) return `There are no tests to run, at revision ${report.revision}.`;
  return `${report.passed} passed, ${report.failed} failed, at revision ${report.revision}.`;
}
