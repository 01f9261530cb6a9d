/** How a dialect writes strings, names and comments. */
export interface SqlSyntax {
  /** `\'` within a string does not end it. */
  readonly backslashEscapes: boolean;
  /** `$tag$ … $tag$`. */
  readonly dollarQuotes: boolean;
  /** Block comments within block comments. */
  readonly nestedComments: boolean;
  /** `# …` is a comment. */
  readonly hashComments: boolean;
  /** Quotes of names, opening to closing. */
  readonly nameQuotes: Readonly<Record<string, string>>;
  /** The system's own placeholders, which would clash with ours. */
  readonly placeholders: RegExp;
}

/** Where in a statement a place is. */
export type SqlPlace = 'code' | 'string' | 'name' | 'comment';

/** Follows a statement piece by piece, to know where its bindings stand. */
export class SqlScanner {
  readonly #syntax: SqlSyntax;
  #place: SqlPlace = 'code';
  /** The text that ends the current string, name or comment. */
  #closing = '';
  #escapes = false;
  #depth = 0;
  /** Code only, strings and comments left out: for looking back. */
  code = '';
  #ended = false;
  /** There is a second statement. */
  hasSecond = false;

  constructor(syntax: SqlSyntax) {
    this.#syntax = syntax;
  }

  get place(): SqlPlace {
    return this.#place;
  }

  /** A binding stands here. */
  passBinding(): void {
    if (this.#ended) this.hasSecond = true;
    this.code += ' {{}} ';
  }

  /** Reads on through a piece of text. */
  read(text: string): void {
    let at = 0;
    while (at < text.length) at += this.#place === 'code' ? this.#readCode(text, at) : this.#readInside(text, at);
    // A line comment ends with its line, also at the very end of a piece.
  }

  #readCode(text: string, at: number): number {
    const { backslashEscapes, dollarQuotes, hashComments, nameQuotes } = this.#syntax;
    const character = text[at] ?? '';
    const two = text.slice(at, at + 2);
    if (two === '--' || (character === '#' && hashComments)) return this.#enter('comment', '\n', two === '--' ? 2 : 1);
    if (two === '/*') {
      this.#depth = 1;
      return this.#enter('comment', '*/', 2);
    }
    if (character === "'" || (character === '"' && nameQuotes['"'] === undefined)) {
      // `E'…'` of PostgreSQL takes backslashes in any case.
      this.#escapes = backslashEscapes || (dollarQuotes && /(?:^|[^\w$])e$/i.test(this.code));
      this.#markCode(character);
      return this.#enter('string', character, 1);
    }
    const closing = nameQuotes[character];
    if (closing !== undefined) {
      this.#escapes = false;
      this.#markCode('"');
      return this.#enter('name', closing, 1);
    }
    const tag =
      dollarQuotes && !/[\w$]$/.test(this.code) ? /^\$(?:[A-Za-z_]\w*)?\$/.exec(text.slice(at))?.[0] : undefined;
    if (tag !== undefined) {
      this.#escapes = false;
      this.#markCode("'");
      return this.#enter('string', tag, tag.length);
    }
    if (character === ';') this.#ended = true;
    else this.#markCode(character);
    return 1;
  }

  #markCode(character: string): void {
    if (this.#ended && !/\s/.test(character)) this.hasSecond = true;
    this.code += character;
  }

  #enter(place: SqlPlace, closing: string, length: number): number {
    this.#place = place;
    this.#closing = closing;
    return length;
  }

  #readInside(text: string, at: number): number {
    const isBlock = this.#place === 'comment' && this.#closing === '*/';
    if (this.#escapes && this.#place === 'string' && text[at] === '\\') return 2;
    if (isBlock && this.#syntax.nestedComments && text.startsWith('/*', at)) {
      this.#depth += 1;
      return 2;
    }
    if (!text.startsWith(this.#closing, at)) return 1;
    const { length } = this.#closing;
    const isQuote = this.#place !== 'comment' && length === 1;
    if (isQuote && text[at + 1] === this.#closing) return 2;
    if (isBlock) {
      this.#depth -= 1;
      if (this.#depth > 0) return length;
    }
    if (this.#place === 'comment') this.code += ' ';
    this.#place = 'code';
    return length;
  }
}
