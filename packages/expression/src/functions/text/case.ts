import type { Run } from '../../evaluate/run.ts';
import { textOf } from '../arguments.ts';
import { entry } from '../entry.ts';
import type { FunctionEntry, FunctionFamily } from '../entry.ts';

function onText(convert: (text: string, run: Run) => unknown): FunctionEntry {
  return entry(1, 1, (run, [text]) => convert(textOf(run, text), run));
}

function upperFirst(text: string): string {
  const [first] = text;
  return first === undefined ? '' : first.toUpperCase() + text.slice(first.length);
}

/** The words of a name or sentence: `fooBar-baz 2` gives foo, Bar, baz, 2. */
export function wordsOf(text: string): string[] {
  return text.replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2').match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}

/** Takes marks off letters: `é` becomes `e`. */
export function removeAccents(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replaceAll('ß', 'ss')
    .replaceAll('ø', 'o')
    .replaceAll('Ø', 'O')
    .replaceAll('æ', 'ae')
    .replaceAll('Æ', 'AE')
    .replaceAll('ł', 'l')
    .replaceAll('Ł', 'L')
    .normalize('NFC');
}

const lowerWords = (text: string): string[] => wordsOf(text).map((word) => word.toLowerCase());

/** Functions that change how a text is spelled. */
export const caseFunctions: FunctionFamily = {
  lower: onText((text) => text.toLowerCase()),
  upper: onText((text) => text.toUpperCase()),
  capitalise: onText(upperFirst),
  titleCase: onText((text) => text.replace(/[\p{L}\p{M}\p{N}'’]+/gu, (word) => upperFirst(word.toLowerCase()))),
  camelCase: onText((text) =>
    lowerWords(text)
      .map((word, index) => (index === 0 ? word : upperFirst(word)))
      .join(''),
  ),
  snakeCase: onText((text) => lowerWords(text).join('_')),
  kebabCase: onText((text) => lowerWords(text).join('-')),
  slugify: onText((text, run) => {
    run.spend(text.length * 2);
    return (
      removeAccents(text)
        .toLowerCase()
        .match(/[a-z0-9]+/g) ?? []
    ).join('-');
  }),
  removeAccents: onText((text, run) => {
    run.spend(text.length * 2);
    return removeAccents(text);
  }),
  initials: onText((text) =>
    (text.match(/[\p{L}\p{N}]+/gu) ?? [])
      .slice(0, 3)
      .map((word) => upperFirst([...word][0] ?? ''))
      .join(''),
  ),
  words: onText((text, run) => {
    const words = text.match(/[\p{L}\p{M}\p{N}'’]+/gu) ?? [];
    run.allowList(words.length);
    return [...words];
  }),
};
