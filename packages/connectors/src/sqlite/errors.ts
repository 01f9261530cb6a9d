import { AppError, bug, conflict, inputError, upstreamError } from '@fettle/base';

interface SqliteError {
  readonly message?: string;
  readonly code?: string;
  readonly errcode?: number;
}

/** Turns an error of SQLite into one that says what to do next. */
export function translateSqliteError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const { message = String(error), errcode = 0, code = '' } = (error ?? {}) as SqliteError;
  const primary = errcode & 0xff;
  if (primary === 19) return constraintError(error, errcode, message);
  if (primary === 5 || primary === 6) {
    return conflict({
      code: 'data.busy',
      message: 'Another connection holds the SQLite file locked.',
      hint: 'Try again.',
      cause: error,
    });
  }
  if (primary === 8) {
    return inputError({
      code: 'data.read-only',
      message: 'This would write, but only reading is allowed here.',
      hint: 'Declare the query as writing, or open the file for writing.',
      cause: error,
    });
  }
  if (primary === 14) {
    return upstreamError({
      code: 'data.file-missing',
      message: 'The SQLite file cannot be opened.',
      hint: 'Check the path and the rights of the file and its folder.',
      cause: error,
    });
  }
  if (primary === 26 || primary === 11) {
    return upstreamError({
      code: 'data.file-damaged',
      message: 'The file is no SQLite database, or is damaged.',
      hint: 'Check the path, or restore the file from a backup.',
      cause: error,
    });
  }
  if (primary === 23) {
    return inputError({
      code: 'data.sql-refused',
      message: 'SQLite refused the statement: it is not allowed here.',
      hint: 'ATTACH, PRAGMA and transactions of your own cannot be used.',
      cause: error,
    });
  }
  if (primary === 20 || primary === 25 || primary === 18) {
    return inputError({
      code: 'data.value-invalid',
      message: `A value does not fit: ${message}`,
      hint: 'Change the value.',
      cause: error,
    });
  }
  if (primary === 1) {
    return inputError({
      code: 'data.sql-refused',
      message: `SQLite refused the statement: ${message}`,
      hint: 'Check the statement; refresh the data source if its tables changed.',
      cause: error,
    });
  }
  if (primary !== 0) {
    return upstreamError({
      code: 'data.failed',
      message: `SQLite failed: ${message}`,
      hint: 'Check the disk and the file.',
      cause: error,
    });
  }
  if (code.startsWith('ERR_'))
    return inputError({
      code: 'data.sql-refused',
      message: `SQLite refused the statement: ${message}`,
      hint: 'Check the statement and its parameters.',
      cause: error,
    });
  return bug(`SQLite failed: ${message}`, error);
}

function constraintError(error: unknown, errcode: number, message: string): AppError {
  // `UNIQUE constraint failed: track.name, track.album_id`
  const columns = (/failed: (.*)$/.exec(message)?.[1] ?? '')
    .split(', ')
    .map((name) => name.slice(name.indexOf('.') + 1))
    .filter((name) => name !== '');
  const named = columns.map((column) => `"${column}"`).join(', ');
  const make = (kind: typeof inputError, code: string, text: string, hint: string): AppError =>
    kind({
      code,
      message: text,
      hint,
      problems: columns.map((column) => ({ path: `/${column}`, message: text, code })),
      cause: error,
    });
  switch (errcode) {
    case 1299:
      return make(inputError, 'data.required', `${named} needs a value.`, 'Give it a value.');
    case 2067:
    case 1555:
    case 2579:
      return make(
        conflict,
        'data.not-unique',
        named === '' ? 'Another row already has this value.' : `Another row already has this value of ${named}.`,
        'Use another value.',
      );
    case 787:
      return inputError({
        code: 'data.reference-missing',
        message:
          'A link between rows would be broken: a value refers to a row that does not exist, or other rows still refer to this one.',
        hint: 'Choose an existing row, or change the rows that refer to this one first.',
        cause: error,
      });
    default:
      return inputError({
        code: 'data.rule-broken',
        message: `The row breaks the rule "${columns.join(', ') || message}".`,
        hint: 'Look at the rule (check constraint) of the table.',
        cause: error,
      });
  }
}
