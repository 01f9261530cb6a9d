import { AppError, bug, conflict, inputError, notAllowed, upstreamError } from '@fettle/base';
import { networkError } from '../sql/network-errors.ts';

interface MssqlError {
  readonly code?: string;
  readonly number?: number;
  readonly message?: string;
  readonly cause?: unknown;
  readonly errors?: readonly unknown[];
}

/** Turns an error of SQL Server or its driver into one that says what to do next. */
export function translateMssqlError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const { code = '', number = 0, message = String(error), cause, errors } = (error ?? {}) as MssqlError;
  const column = /column '([^']+)'/.exec(message)?.[1];
  const problems = (text: string, problemCode: string) =>
    column === undefined ? {} : { problems: [{ path: `/${column}`, message: text, code: problemCode }] };
  switch (number) {
    case 515: {
      const text = `"${column ?? ''}" needs a value.`;
      return inputError({
        code: 'data.required',
        message: text,
        hint: 'Give it a value.',
        ...problems(text, 'data.required'),
        cause: error,
      });
    }
    case 2601:
    case 2627:
      return conflict({
        code: 'data.not-unique',
        message: 'Another row already has this value.',
        hint: 'Use another value.',
        cause: error,
      });
    case 547:
      return foreignKeyError(error, message, column);
    case 8152:
    case 2628: {
      const text = 'A text is longer than its column allows.';
      return inputError({
        code: 'data.value-invalid',
        message: text,
        hint: 'Shorten it.',
        ...problems(text, 'data.value-invalid'),
        cause: error,
      });
    }
    case 220:
    case 232:
    case 241:
    case 242:
    case 245:
    case 8114:
    case 8115:
      return inputError({
        code: 'data.value-invalid',
        message: `A value does not fit: ${message}`,
        hint: 'Change the value.',
        cause: error,
      });
    case 18456:
    case 18452:
      return upstreamError({
        code: 'data.login-failed',
        message: 'SQL Server refused the user name or the password.',
        hint: 'Check both in the settings of the data source.',
        cause: error,
      });
    case 4060:
      return upstreamError({
        code: 'data.database-missing',
        message: 'The database does not exist, or the account may not open it.',
        hint: 'Check its name in the settings of the data source.',
        cause: error,
      });
    case 229:
    case 230:
    case 262:
      return notAllowed({
        code: 'data.account-not-allowed',
        message: 'The database account may not do this.',
        hint: 'Grant the right to the account of the data source, or use another account.',
        cause: error,
      });
    case 1205:
    case 1222:
    case 3960:
      return conflict({
        code: 'data.busy',
        message: 'Another change got in the way.',
        hint: 'Try again.',
        cause: error,
      });
    default:
      break;
  }
  if (code === 'ELOGIN')
    return upstreamError({
      code: 'data.login-failed',
      message: 'SQL Server refused the login.',
      hint: 'Check user and password in the settings of the data source.',
      cause: error,
    });
  // The driver wraps what happened on the network, sometimes several times.
  const below = errors?.[0] ?? cause;
  const network = networkError(below, 'SQL Server') ?? networkError(error, 'SQL Server');
  if (network !== undefined) return network;
  if (code === 'ESOCKET' || code === 'ECONNCLOSED' || code === 'ETIMEOUT') {
    const nested = below === undefined ? undefined : translateMssqlError(below);
    if (nested !== undefined && nested.kind !== 'bug') return nested;
    return upstreamError({
      code: 'data.connection-lost',
      message: 'The connection to SQL Server failed.',
      hint: 'Check host, port and encryption of the data source, and that the server speaks TDS there.',
      cause: error,
    });
  }
  if (number > 0)
    return inputError({
      code: 'data.sql-refused',
      message: `SQL Server refused the statement: ${message}`,
      hint: 'Check the statement; refresh the data source if its tables changed.',
      cause: error,
    });
  return bug(`The SQL Server driver failed: ${message}`, error);
}

function foreignKeyError(error: unknown, message: string, column: string | undefined): AppError {
  if (message.includes('REFERENCE constraint')) {
    const table = /table "(?:[^"]*\.)?([^".]+)"/.exec(message)?.[1] ?? 'another table';
    return conflict({
      code: 'data.still-used',
      message: `Rows of "${table}" still refer to this row.`,
      hint: 'Delete or change those rows first.',
      cause: error,
    });
  }
  if (message.includes('CHECK constraint')) {
    return inputError({
      code: 'data.rule-broken',
      message: `The row breaks the rule "${/constraint "([^"]+)"/.exec(message)?.[1] ?? 'of the table'}".`,
      hint: 'Look at the rule (check constraint) of the table.',
      cause: error,
    });
  }
  return inputError({
    code: 'data.reference-missing',
    message: `${column === undefined ? 'A value' : `"${column}"`} refers to a row that does not exist.`,
    hint: 'Choose an existing row.',
    cause: error,
  });
}
