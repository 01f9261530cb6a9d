import { AppError, bug, conflict, inputError, notAllowed, upstreamError } from '@fettle/base';
import { networkError } from '../sql/network-errors.ts';

interface MysqlError {
  readonly code?: string;
  readonly errno?: number;
  readonly message?: string;
  readonly sqlMessage?: string;
}

/** Turns an error of MySQL, MariaDB or the driver into one that says what to do next. */
export function translateMysqlError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const { errno = 0, message = String(error), sqlMessage } = (error ?? {}) as MysqlError;
  const text = sqlMessage ?? message;
  const row = rowErrors[errno];
  if (row !== undefined) return row(text, error);
  const connection = connectionErrors[errno];
  if (connection !== undefined) {
    const [code, what, hint] = connection;
    return upstreamError({ code, message: what, hint, cause: error });
  }
  if (errno === 1142 || errno === 1143 || errno === 1044 || errno === 1227) {
    return notAllowed({
      code: 'data.account-not-allowed',
      message: 'The database account may not do this.',
      hint: 'Grant the right to the account of the data source, or use another account.',
      cause: error,
    });
  }
  if (errno === 1792 || errno === 1290) {
    return inputError({
      code: 'data.read-only',
      message: 'The query is declared as reading, but it writes.',
      hint: 'Declare it as writing.',
      cause: error,
    });
  }
  if (errno === 1205 || errno === 1213 || errno === 1020) {
    return conflict({ code: 'data.busy', message: 'Another change got in the way.', hint: 'Try again.', cause: error });
  }
  const network = networkError(error, 'MySQL');
  if (network !== undefined) return network;
  if (errno > 0) {
    return inputError({
      code: 'data.sql-refused',
      message: `The database refused the statement: ${text}`,
      hint: 'Check the statement; refresh the data source if its tables changed.',
      cause: error,
    });
  }
  return bug(`The MySQL driver failed: ${message}`, error);
}

const connectionErrors: Readonly<Record<number, readonly [code: string, message: string, hint: string]>> = {
  1045: [
    'data.login-failed',
    'The database refused the user name or the password.',
    'Check both in the settings of the data source.',
  ],
  1698: [
    'data.login-failed',
    'The database refused the user name or the password.',
    'Check both in the settings of the data source.',
  ],
  1130: [
    'data.login-failed',
    'The database does not let this machine in.',
    'Allow the host of this server for the account.',
  ],
  1049: [
    'data.database-missing',
    'The database does not exist on this server.',
    'Check its name in the settings of the data source.',
  ],
  1040: [
    'data.too-many-connections',
    'The database has no free connection.',
    'Lower the connections of the data source, or raise max_connections of the database.',
  ],
  1203: [
    'data.too-many-connections',
    'The account has no free connection.',
    'Lower the connections of the data source, or raise its limit.',
  ],
};

type Translate = (text: string, cause: unknown) => AppError;

const rowError =
  (
    kind: typeof inputError,
    code: string,
    say: (column: string | undefined) => string,
    options: { readonly hint: string; readonly column?: RegExp },
  ): Translate =>
  (text, cause) => {
    const column = options.column?.exec(text)?.[1];
    const message = say(column);
    return kind({
      code,
      message,
      hint: options.hint,
      ...(column === undefined ? {} : { problems: [{ path: `/${column}`, message, code }] }),
      cause,
    });
  };

const required = (column: RegExp): Translate =>
  rowError(inputError, 'data.required', (name) => `"${name ?? ''}" needs a value.`, {
    hint: 'Give it a value.',
    column,
  });
const unfit = (what: string): Translate =>
  rowError(inputError, 'data.value-invalid', (name) => (name === undefined ? `${what}.` : `${what} in "${name}".`), {
    hint: 'Change the value.',
    column: /column (?:`[^`]*`\.`[^`]*`\.)?[`']([^`']+)[`']/i,
  });
const broken = rowError(
  inputError,
  'data.rule-broken',
  (name) => `The row breaks the rule "${name ?? 'of the table'}".`,
  {
    hint: 'Look at the rule (check constraint) of the table.',
  },
);

const rowErrors: Readonly<Record<number, Translate>> = {
  1048: required(/Column '(.+?)' cannot be null/),
  1364: required(/Field '(.+?)' doesn't have a default value/),
  1062: rowError(
    conflict,
    'data.not-unique',
    (key) =>
      key === undefined || key === 'PRIMARY'
        ? 'Another row already has this key.'
        : `Another row already has this value of "${key}".`,
    { hint: 'Use another value.', column: /for key '(?:.*\.)?(.+?)'$/ },
  ),
  1452: rowError(
    inputError,
    'data.reference-missing',
    (name) => `"${name ?? 'A value'}" refers to a row that does not exist.`,
    {
      hint: 'Choose an existing row.',
      column: /FOREIGN KEY \(`(.+?)`\)/,
    },
  ),
  1451: (text, cause) =>
    conflict({
      code: 'data.still-used',
      message: `Rows of "${/fails \((?:`.*?`\.)?`(.+?)`/.exec(text)?.[1] ?? 'another table'}" still refer to this row.`,
      hint: 'Delete or change those rows first.',
      cause,
    }),
  1644: (text, cause) =>
    inputError({ code: 'data.raised', message: text, hint: 'Change the values and try again.', cause }),
  1406: unfit('A text is longer than its column allows'),
  1264: unfit('A number is out of the range of its column'),
  1265: unfit('A value does not fit'),
  1366: unfit('A value does not fit'),
  1292: unfit('A value does not fit'),
  1411: unfit('A value does not fit'),
  1690: unfit('A number is out of range'),
  3140: unfit('A value is no JSON'),
  3819: broken,
  4025: broken,
};
