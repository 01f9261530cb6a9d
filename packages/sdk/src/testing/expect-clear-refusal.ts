import { AppError } from '@fettle/base';
import { expect } from 'vitest';

/** What is asked of an action without its settings: it needs none, or says clearly what is missing and what to do. */
export async function expectClearRefusal(run: () => Promise<unknown>): Promise<void> {
  const error: unknown = await run().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error === undefined) return;
  expect(error).toBeInstanceOf(AppError);
  expect((error as AppError).kind).not.toBe('bug');
  expect((error as AppError).hint, (error as AppError).message).toMatch(/^[A-Z].*\.$/s);
}
