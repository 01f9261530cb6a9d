import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mssqlDialect } from '../mssql/dialect.ts';
import { mysqlDialect } from '../mysql/dialect.ts';
import { postgresDialect } from '../postgres/dialect.ts';
import { sqliteDialect } from '../sqlite/dialect.ts';
import { SqlScanner } from './sql-scanner.ts';

const dialects = [postgresDialect, mysqlDialect, mssqlDialect, sqliteDialect];

describe('SqlScanner', () => {
  it('finds the same place however the text is cut, as long as no mark is cut apart', () => {
    const tokens = fc.array(
      fc.constantFrom(
        "'",
        "''",
        '"',
        '`',
        '[',
        ']',
        '--',
        '\n',
        '/*',
        '*/',
        '#',
        '$$',
        '$a$',
        ' ',
        'x',
        "E'",
        '\\\\',
        ';',
      ),
      { maxLength: 25 },
    );
    fc.assert(
      fc.property(fc.constantFrom(...dialects), tokens, (dialect, pieces) => {
        const whole = new SqlScanner(dialect.syntax);
        whole.read(pieces.join(' '));
        const cut = new SqlScanner(dialect.syntax);
        for (const [index, piece] of pieces.entries()) cut.read(index === 0 ? piece : ` ${piece}`);
        expect(cut.place).toBe(whole.place);
        expect(cut.hasSecond).toBe(whole.hasSecond);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    [postgresDialect, "select E'it\\'s ", 'string'],
    [postgresDialect, "select 'it\\' ", 'code'],
    [postgresDialect, 'select $a$ $b$ ', 'string'],
    [postgresDialect, 'select $a$ $a$ ', 'code'],
    [postgresDialect, '/* /* */ ', 'comment'],
    [mysqlDialect, "select 'it\\'s ", 'string'],
    [mysqlDialect, 'select "a ', 'string'],
    [mysqlDialect, '# a ', 'comment'],
    [mysqlDialect, '# a \n', 'code'],
    [mssqlDialect, 'select [a]] ', 'name'],
    [sqliteDialect, 'select [a] ', 'code'],
    [sqliteDialect, 'select "a""b ', 'name'],
  ])('knows how its system writes: %#', (dialect, text, place) => {
    const scanner = new SqlScanner(dialect.syntax);
    scanner.read(text);
    expect(scanner.place).toBe(place);
  });
});
