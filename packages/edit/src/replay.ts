import { fail, ok, type AppError, type Result } from '@fettle/base';
import type { App } from '@fettle/definition';
import { applyCommand, type ApplyOptions } from './apply-command.ts';
import type { Command } from './command-table.ts';

/** Applies commands one after the other. The same app and commands always give the same app. */
export function replay(app: App, commands: readonly Command[], options: ApplyOptions): Result<App, AppError> {
  let current = app;
  for (const command of commands) {
    const applied = applyCommand(current, command, options);
    if (!applied.ok) return fail(applied.error);
    current = applied.value.app;
  }
  return ok(current);
}
