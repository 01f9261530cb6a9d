import { AppError } from '@fettle/base';

// These speak of the caller's values, not of the query.
const aboutValues: ReadonlySet<string> = new Set(['query.parameters-invalid', 'query.unknown']);
// What the data system said of the statement: its text, and names and values of tables behind it.
const aboutStatement: ReadonlySet<string> = new Set([
  'data.sql-refused',
  'data.value-invalid',
  'data.status',
  'data.failed',
  'data.answer-invalid',
  'data.account-not-allowed',
]);

/** The error of a published query for those who run it: they were never sent the query, so its text is left out. */
export function hideQueryText(error: unknown): unknown {
  if (!(error instanceof AppError)) return error;
  const tells = aboutStatement.has(error.code) || (error.code.startsWith('query.') && !aboutValues.has(error.code));
  if (!tells) return error;
  return new AppError(error.kind, {
    code: 'query.failed',
    message: 'The query did not work with these values.',
    hint: 'Change the values. A builder of the app sees the reason when running the query in the builder.',
  });
}
