import { inputError, timeoutError, type AppError } from '@fettle/base';
import type { FlowActionContext, FlowActionImplementation } from '@fettle/sdk/server';
import { listOf, optionalText, required, requiredText } from '../required.ts';
import { runCommand, type CommandEnd } from './run-command.ts';
import { openSsh } from './open-ssh.ts';

/** See {@link sshCommandManifest}. A command whose time is up, or whose run was cancelled, is killed over there. */
export const action: FlowActionImplementation = {
  describe: ({ host, command }) =>
    `Run ${(optionalText(command) ?? 'no command').replaceAll(/\s+/g, ' ').slice(0, 150)} on ${(optionalText(host) ?? 'no machine').slice(0, 100)}`,

  async run(context) {
    const { settings, signal } = context;
    signal.throwIfAborted();
    const command = [requiredText(settings['command'], 'Write the command.'), ...argumentsOf(context)].join(' ');
    const seconds = Number(settings['timeLimit'] ?? 60);
    const timeUp = AbortSignal.timeout(seconds * 1000);
    const client = await openSsh(context, AbortSignal.any([signal, timeUp])).catch((error: unknown) => {
      throw timeUp.aborted && !signal.aborted ? tooSlow(seconds) : error;
    });
    try {
      const end = await runCommand(client, {
        command,
        input: optionalText(settings['input']) ?? '',
        maxBytes: Number(settings['maxOutput'] ?? 200_000),
        signal: AbortSignal.any([signal, timeUp]),
      });
      signal.throwIfAborted();
      if (end.isStopped) throw tooSlow(seconds);
      if (end.code !== 0 && settings['whenFails'] !== 'tell') throw failed(end);
      const { code, output, errors, truncated } = end;
      return { code, signal: end.signal, output, errors, truncated };
    } finally {
      client.end();
    }
  },
};

/** Arguments as a POSIX shell takes them literally. */
function argumentsOf({ settings }: FlowActionContext): readonly string[] {
  return listOf<unknown>(settings['arguments']).map((value) => {
    const text = optionalText(value) ?? '';
    if (text.includes('\0')) {
      throw inputError({
        code: 'ssh.argument-invalid',
        message: 'An argument holds a sign that no command can take.',
        hint: 'Look at what its binding gives.',
      });
    }
    return `'${text.replaceAll("'", `'\\''`)}'`;
  });
}

function failed({ code, signal, errors, output }: CommandEnd): AppError {
  const text = (errors.trim() === '' ? output : errors).replaceAll(/\s+/g, ' ').trim().slice(-500);
  return inputError({
    code: 'ssh.command-failed',
    message: `The command ended with ${code === null ? `signal ${required(signal, 'KILL')}` : `code ${code}`}${text === '' ? '.' : `: ${text}`}`,
    hint: 'Run it there by hand, as the same user, to see why.',
    details: { code, signal },
  });
}

function tooSlow(seconds: number): AppError {
  return timeoutError({
    code: 'ssh.timeout',
    message: `The command took longer than ${seconds} seconds and was ended.`,
    hint: 'Give it more time, or let it go on by itself over there.',
  });
}
