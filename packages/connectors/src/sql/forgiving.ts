import { AppError } from '@fettle/base';

/** Runs one part of an introspection; when it fails, the rest goes on and a warning says what is missing. */
export async function forgiving<T>(
  warnings: string[],
  what: string,
  work: () => Promise<readonly T[]>,
): Promise<readonly T[]> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError && (error.kind === 'timeout' || error.kind === 'unavailable')) throw error;
    warnings.push(`The ${what} could not be read: ${error instanceof Error ? error.message : String(error)}`);
    return [];
  }
}
