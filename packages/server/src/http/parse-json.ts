import { forbiddenKeys, inputError } from '@fettle/base';

/** How deep a JSON body may be nested. */
export const maxJsonDepth = 100;

/**
 * Parses a request body. Refuses what JSON allows but nobody means well with: nesting without end, the same key twice
 * in one object (readers disagree which one counts) and keys that reach JavaScript's prototype chain.
 */
export function parseJson(text: string): unknown {
  assertPlain(text);
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw inputError({
      code: 'body.not-json',
      message: 'The body is not valid JSON.',
      hint: 'Send one JSON value with double quotes, no comments and no trailing commas.',
      cause,
    });
  }
}

const quote = 0x22;
const backslash = 0x5c;

/**
 * One pass over the text before it is parsed. Strings that stand before a `:` are keys; keys of each open object are
 * kept in a set.
 */
function assertPlain(text: string): void {
  const open: (Set<string> | undefined)[] = [];
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === quote) {
      const end = endOfString(text, index);
      noteKey(text, index, end, open.at(-1));
      index = end;
    } else if (code === 0x7b || code === 0x5b) {
      open.push(code === 0x7b ? new Set() : undefined);
      if (open.length > maxJsonDepth) throw tooDeep();
    } else if (code === 0x7d || code === 0x5d) {
      open.pop();
    }
  }
}

/** Index of the closing quote, or the end of the text when there is none: parsing then says what is wrong. */
function endOfString(text: string, start: number): number {
  for (let index = text.indexOf('"', start + 1); index !== -1; index = text.indexOf('"', index + 1)) {
    let escapes = 0;
    while (text.charCodeAt(index - 1 - escapes) === backslash) escapes += 1;
    if (escapes % 2 === 0) return index;
  }
  return text.length;
}

function noteKey(text: string, start: number, end: number, keys: Set<string> | undefined): void {
  if (keys === undefined) return;
  let next = end + 1;
  while (text.charCodeAt(next) <= 0x20) next += 1;
  if (text.charCodeAt(next) !== 0x3a) return;
  const raw = text.slice(start + 1, end);
  const key = raw.includes('\\') ? unescapeKey(raw) : raw;
  if (forbiddenKeys.has(key)) {
    throw inputError({ code: 'body.forbidden-key', message: `The body may not have a key named "${key}".` });
  }
  if (keys.has(key)) {
    throw inputError({
      code: 'body.duplicate-key',
      message: `The key "${key.slice(0, 100)}" stands twice in one object.`,
    });
  }
  keys.add(key);
}

function unescapeKey(raw: string): string {
  try {
    return JSON.parse(`"${raw}"`) as string;
  } catch {
    return raw;
  }
}

function tooDeep(): Error {
  return inputError({
    code: 'body.too-deep',
    message: `The body is nested deeper than ${maxJsonDepth} levels.`,
    hint: 'Send a flatter structure.',
  });
}
