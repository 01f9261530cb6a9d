import { AppError } from '@fettle/base';
import { examine, type Config, type Finding } from '@fettle/server/maintenance';
import type { CommandContext, CommandResult } from '../command/command.ts';
import { exitCodes } from '../command/exit-codes.ts';
import { readSettings } from './server-settings.ts';

/** Looks at the installation of this machine. */
export async function examineServer(context: CommandContext, outbound: readonly string[]): Promise<CommandResult> {
  const findings: Finding[] = [];
  const config = await readSettings(context).catch((error: unknown): Config | undefined => {
    if (!(error instanceof AppError)) throw error;
    const { message, hint = 'See docs/settings.md.' } = error;
    findings.push({ check: 'settings', state: 'failed', message, hint });
    return undefined;
  });
  if (config !== undefined) {
    findings.push({ check: 'settings', state: 'ok', message: 'They can be used.' });
    findings.push(...(await examine({ config, outbound, onProgress: context.output.progress })));
  }
  const isSick = findings.some(({ state }) => state === 'failed');
  return {
    data: { isWell: !isSick, findings },
    text: findings.map(lineOf).join('\n'),
    ...(isSick ? { exitCode: exitCodes.found } : {}),
  };
}

const words = { ok: 'ok     ', warning: 'WARNING', failed: 'FAILED ' } as const;

function lineOf({ check, state, message, hint }: Finding): string {
  return `${words[state]} ${check}: ${message}${hint === undefined ? '' : `\n        ${hint}`}`;
}
