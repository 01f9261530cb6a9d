import { AppError } from '@fettle/base';
import { defineRoute } from '@fettle/contract';
import { Type } from 'typebox';
import type { CommandContext, CommandResult } from '../command/command.ts';
import { exitCodes } from '../command/exit-codes.ts';
import { findTarget, type TargetOptions } from './target-app.ts';

/** The route as far as this command reads it: servers of before do not have it, later ones may answer more. */
const runTests = defineRoute({
  id: 'flow-tests.run',
  method: 'POST',
  path: '/api/apps/:appId/draft/flow-tests/run',
  summary: 'Runs tests of the draft’s flows.',
  access: { kind: 'app', action: 'app.edit' },
  params: Type.Object({ appId: Type.String() }),
  body: Type.Object({ flow: Type.Optional(Type.String()) }),
  response: Type.Object({
    revision: Type.Integer(),
    passed: Type.Integer(),
    failed: Type.Integer(),
    results: Type.Array(
      Type.Object({
        name: Type.String(),
        hasPassed: Type.Boolean(),
        differences: Type.Array(Type.Object({ place: Type.String(), path: Type.String(), message: Type.String() })),
      }),
    ),
  }),
});

/** Runs the tests of flows. */
export async function testApp(
  context: CommandContext,
  options: TargetOptions & { readonly flow: string | undefined },
): Promise<CommandResult> {
  const { client, info } = await findTarget(context, options);
  context.output.progress(`Testing the flows of ${info.name} …`);
  const body = options.flow === undefined ? {} : { flow: options.flow };
  const report = await client.call(runTests, { params: { appId: info.id }, body }).catch((error: unknown) => {
    // The app was found a moment ago, so what is missing is the route.
    throw error instanceof AppError && error.kind === 'not-found' && options.flow === undefined ? tooOld(error) : error;
  });
  const lines = report.results.flatMap(({ name, hasPassed, differences }) => [
    `${hasPassed ? 'passed' : 'FAILED'} ${name}`,
    ...differences.map(({ place, message }) => `    ${place}: ${message}`),
  ]);
  return {
    data: { app: info.slug, ...report },
    text: [...lines, `${report.passed} passed, ${report.failed} failed, at revision ${report.revision}.`].join('\n'),
    ...(report.failed > 0 ? { exitCode: exitCodes.found } : {}),
  };
}

const tooOld = (cause: AppError): AppError =>
  new AppError('not-found', {
    code: 'server.no-flow-tests',
    message: 'This server cannot run tests of flows.',
    hint: 'Update it to a version that can.',
    cause,
  });
