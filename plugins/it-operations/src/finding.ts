import type { AppError } from '@fettle/sdk';

/** What was found down: an outcome of a check, not a failure of the step. Anything else goes on being one. */
export async function findingOf<T>(
  look: () => Promise<T>,
): Promise<{ readonly found: T } | { readonly problem: string }> {
  try {
    return { found: await look() };
  } catch (error) {
    // Errors come from the server, whose class is not the one of this code: they are known by what they hold.
    const { kind, message } = error as Partial<AppError>;
    if ((kind === 'upstream' || kind === 'timeout' || kind === 'not-found') && typeof message === 'string')
      return { problem: message };
    throw error;
  }
}
