import { inputError, type AppError } from '@fettle/base';

/** Why a command cannot be applied. Thrown by commands, answered as a Result by `applyCommand`. */
export function refuse(code: string, message: string, hint: string): AppError {
  return inputError({ code, message, hint });
}

/** The thing a command is about is gone. */
export function missing(what: string, id: string): AppError {
  return refuse(
    'edit.missing',
    `The ${what} "${id}" does not exist.`,
    'It may have been removed meanwhile. Reload and try again.',
  );
}
