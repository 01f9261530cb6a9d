import { AppError, bug, conflict, inputError, notAllowed, upstreamError } from '@fettle/base';
import { networkError } from '../sql/network-errors.ts';

/** What the driver tells about a failure. */
interface PostgresError {
  readonly code?: string;
  readonly message?: string;
  readonly detail?: string;
  readonly column?: string;
  readonly constraint?: string;
  readonly table?: string;
  readonly hint?: string;
}

/** Turns an error of PostgreSQL or its driver into one that says what to do next. */
export function translatePostgresError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const rest = (error ?? {}) as PostgresError;
  const { code = '' } = rest;
  if (code.startsWith('23')) return constraintError(error, code, rest);
  if (code.startsWith('22')) return valueError(error, code, rest);
  if (code.startsWith('28') || code === '3D000' || code.startsWith('08') || code.startsWith('53')) {
    return connectionError(error, code, rest);
  }
  if (code === '42501') {
    return notAllowed({
      code: 'data.account-not-allowed',
      message: `The database account may not do this: ${rest.message ?? ''}`,
      hint: 'Grant the right to the account of the data source, or use another account.',
      cause: error,
    });
  }
  if (code === '25006') {
    return inputError({
      code: 'data.read-only',
      message: 'The query is declared as reading, but it writes.',
      hint: 'Declare it as writing.',
      cause: error,
    });
  }
  if (code === '40001' || code === '40P01') {
    return conflict({ code: 'data.busy', message: 'Another change got in the way.', hint: 'Try again.', cause: error });
  }
  if (code === 'P0001') {
    const hint = rest.hint ?? 'Change the values and try again.';
    return inputError({
      code: 'data.raised',
      message: rest.message ?? 'The database refused this.',
      hint,
      cause: error,
    });
  }
  if (code.startsWith('42') || code.startsWith('0A') || code.startsWith('P0')) {
    return inputError({
      code: 'data.sql-refused',
      message: `PostgreSQL refused the statement: ${rest.message ?? code}`,
      hint: rest.hint ?? 'Check the statement; refresh the data source if its tables changed.',
      cause: error,
    });
  }
  const network = networkError(error, 'PostgreSQL');
  if (network !== undefined) return network;
  if (code === '') return bug(`The PostgreSQL driver failed: ${rest.message ?? String(error)}`, error);
  return upstreamError({
    code: 'data.failed',
    message: `PostgreSQL failed: ${rest.message ?? code}`,
    hint: 'The log of the database has the details.',
    cause: error,
  });
}

function constraintError(error: unknown, code: string, details: PostgresError): AppError {
  const columns = details.column === undefined ? keyColumns(details.detail) : [details.column];
  const named = columns.map((column) => `"${column}"`).join(', ');
  const problems = (message: string, problemCode: string) =>
    columns.map((column) => ({ path: `/${column}`, message, code: problemCode }));
  switch (code) {
    case '23502': {
      const message = `${named} needs a value.`;
      return inputError({
        code: 'data.required',
        message,
        hint: 'Give it a value.',
        problems: problems(message, 'data.required'),
        cause: error,
      });
    }
    case '23505':
    case '23P01': {
      const message =
        named === '' ? 'Another row already has this value.' : `Another row already has this value of ${named}.`;
      return conflict({
        code: 'data.not-unique',
        message,
        hint: 'Use another value.',
        problems: problems(message, 'data.not-unique'),
        cause: error,
      });
    }
    case '23503': {
      const isStillUsed = details.detail?.includes('still referenced') === true;
      const message = isStillUsed
        ? `Rows of "${/table "(.*)"\.?$/.exec(details.detail ?? '')?.[1] ?? details.table ?? 'another table'}" still refer to this row.`
        : `${named === '' ? 'A value' : named} refers to a row that does not exist.`;
      const hint = isStillUsed ? 'Delete or change those rows first.' : 'Choose an existing row.';
      const errorCode = isStillUsed ? 'data.still-used' : 'data.reference-missing';
      const options = { code: errorCode, message, hint, problems: problems(message, errorCode), cause: error };
      return isStillUsed ? conflict(options) : inputError(options);
    }
    default: {
      const message = `The row breaks the rule "${details.constraint ?? 'of the table'}".`;
      return inputError({
        code: 'data.rule-broken',
        message,
        hint: 'Look at the rule (check constraint) of the table.',
        problems: problems(message, 'data.rule-broken'),
        cause: error,
      });
    }
  }
}

/** `Key (a, "b c")=(1, 2) already exists.` → `a`, `b c`. */
function keyColumns(detail: string | undefined): readonly string[] {
  const list = /^Key \((.*?)\)=/.exec(detail ?? '')?.[1];
  if (list === undefined) return [];
  return [...list.matchAll(/"((?:[^"]|"")*)"|([^\s,()"]+)/g)].map(([, quoted, plain]) =>
    quoted === undefined ? (plain ?? '').replace(/::.*$/, '') : quoted.replaceAll('""', '"'),
  );
}

function valueError(error: unknown, code: string, details: PostgresError): AppError {
  const reason =
    code === '22001'
      ? 'A text is longer than its column allows'
      : code === '22003'
        ? 'A number is out of the range of its column'
        : 'A value does not fit';
  return inputError({
    code: 'data.value-invalid',
    message: `${reason}: ${details.message ?? code}`,
    hint: 'Change the value.',
    ...(details.column === undefined ? {} : { problems: [{ path: `/${details.column}`, message: `${reason}.` }] }),
    cause: error,
  });
}

function connectionError(error: unknown, code: string, details: PostgresError): AppError {
  const known: Readonly<Record<string, readonly [code: string, message: string, hint: string]>> = {
    '28P01': [
      'data.login-failed',
      'PostgreSQL refused the user name or the password.',
      'Check both in the settings of the data source.',
    ],
    '28000': [
      'data.login-failed',
      'PostgreSQL does not let this user in from here.',
      'Check the user name, the encryption setting and pg_hba.conf of the database.',
    ],
    '3D000': [
      'data.database-missing',
      'The database does not exist on this server.',
      'Check its name in the settings of the data source.',
    ],
    '53300': [
      'data.too-many-connections',
      'PostgreSQL has no free connection.',
      'Lower the connections of the data source, or raise max_connections of the database.',
    ],
  };
  const [errorCode, message, hint] = known[code] ?? [
    'data.connection-lost',
    `The connection to PostgreSQL failed: ${details.message ?? code}`,
    'Try again; look at the log of the database if it happens again.',
  ];
  return upstreamError({ code: errorCode, message, hint, cause: error });
}
