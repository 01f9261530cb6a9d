import type { Run } from '../../evaluate/run.ts';

/** A piece of a date pattern: a token such as `yyyy`, or text to show as it is. */
export interface PatternPiece {
  readonly kind: 'token' | 'text';
  readonly value: string;
}

const tokenPattern = /yyyy|yy|MMMM|MMM|MM|M|dd|d|EEEE|EEE|E|HH|H|hh|h|mm|m|ss|s|SSS|a|XXX|ww|w|RRRR|Q|D/y;

/** Cuts a pattern such as `dd.MM.yyyy 'at' HH:mm` into tokens and text. `''` is a quote. */
export function piecesOf(run: Run, pattern: string): readonly PatternPiece[] {
  run.spend(pattern.length * 2);
  const pieces: PatternPiece[] = [];
  for (let at = 0; at < pattern.length;) {
    tokenPattern.lastIndex = at;
    const token = tokenPattern.exec(pattern)?.[0];
    if (token !== undefined) {
      pieces.push({ kind: 'token', value: token });
      at += token.length;
    } else if (pattern[at] === "'") {
      const { text, end } = quoted(run, pattern, at);
      pieces.push({ kind: 'text', value: text });
      at = end;
    } else if (/[A-Za-z]/.test(pattern.charAt(at))) {
      throw run.error(
        'expression.bad-date-pattern',
        'The date pattern has a letter that means nothing.',
        "Use yyyy MM dd HH mm ss, MMMM, EEEE, a; put words in quotes: 'at'.",
      );
    } else {
      pieces.push({ kind: 'text', value: pattern.charAt(at) });
      at += 1;
    }
  }
  return pieces;
}

function quoted(run: Run, pattern: string, from: number): { readonly text: string; readonly end: number } {
  if (pattern[from + 1] === "'") return { text: "'", end: from + 2 };
  const end = pattern.indexOf("'", from + 1);
  if (end === -1) throw run.error('expression.bad-date-pattern', 'A quote in the date pattern is not closed.');
  return { text: pattern.slice(from + 1, end), end: end + 1 };
}
