import { notifications } from '@mantine/notifications';
import { AppError } from '@fettle/base';

/** Says that something worked. */
export function notifySuccess(message: string): void {
  notifications.show({ message, color: 'green', autoClose: 4000 });
}

/** Says what went wrong and the next step. */
export function notifyError(error: unknown, title = 'That did not work'): void {
  const hint = error instanceof AppError && error.hint !== undefined ? ` ${error.hint}` : '';
  const message = error instanceof Error ? error.message : String(error);
  notifications.show({ title, message: `${message}${hint}`, color: 'red', autoClose: 8000 });
}
