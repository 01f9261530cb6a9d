import { describe } from '../doc.ts';
import type { FunctionSpec } from '../spec.ts';

const text = 'text: The text.';
const pattern = 'text: A regular expression (RE2: no look-around, no back references). Write \\\\d for \\d.';
const flags = 'text: Any of i (ignore case), m (^ and $ at lines), s (. matches line ends).';

/** Documentation of the text functions. */
export const textSpecs: readonly FunctionSpec[] = describe('text', {
  'lower(text)': {
    about: 'Writes a text in lower case.',
    parameters: { text },
    returns: 'text',
    examples: { 'lower("ABC")': 'abc' },
  },
  'upper(text)': {
    about: 'Writes a text in upper case.',
    parameters: { text },
    returns: 'text',
    examples: { 'upper("abc")': 'ABC' },
  },
  'capitalise(text)': {
    about: 'Writes the first letter in upper case.',
    parameters: { text },
    returns: 'text',
    examples: { 'capitalise("open tickets")': 'Open tickets' },
  },
  'titleCase(text)': {
    about: 'Writes the first letter of every word in upper case, the others in lower case.',
    parameters: { text },
    returns: 'text',
    examples: { 'titleCase("ada LOVELACE")': 'Ada Lovelace' },
  },
  'camelCase(text)': {
    about: 'Makes a name of the form camelCase.',
    parameters: { text },
    returns: 'text',
    examples: { 'camelCase("Track list")': 'trackList' },
  },
  'snakeCase(text)': {
    about: 'Makes a name of the form snake_case.',
    parameters: { text },
    returns: 'text',
    examples: { 'snakeCase("trackList")': 'track_list' },
  },
  'kebabCase(text)': {
    about: 'Makes a name of the form kebab-case.',
    parameters: { text },
    returns: 'text',
    examples: { 'kebabCase("trackList")': 'track-list' },
  },
  'slugify(text)': {
    about: 'Makes a part of a web address: lower case letters, digits and hyphens.',
    parameters: { text },
    returns: 'text',
    examples: { 'slugify("Crème Brûlée!")': 'creme-brulee' },
  },
  'removeAccents(text)': {
    about: 'Takes accents off letters.',
    parameters: { text },
    returns: 'text',
    examples: { 'removeAccents("Ångström")': 'Angstrom' },
  },
  'initials(text)': {
    about: 'The first letters of the first three words.',
    parameters: { text },
    returns: 'text',
    examples: { 'initials("ada king lovelace")': 'AKL' },
  },
  'words(text)': {
    about: 'The words of a text as a list.',
    parameters: { text },
    returns: 'list of text',
    examples: { 'words("Hello, big world")': ['Hello', 'big', 'world'] },
  },
  'trim(text)': {
    about: 'Takes spaces off both ends.',
    parameters: { text },
    returns: 'text',
    examples: { 'trim("  a b ")': 'a b' },
  },
  'truncate(text, length, ending?)': {
    about: 'Shortens a text to at most a number of characters, the ending included.',
    parameters: { text, length: 'number: The greatest length.', ending: 'text: What marks the cut; … when left out.' },
    returns: 'text',
    examples: { 'truncate("A long description", 8)': 'A long…', 'truncate("Short", 8)': 'Short' },
  },
  'padStart(text, length, fill?)': {
    about: 'Fills a text at its start up to a length.',
    parameters: {
      text,
      length: 'number: The length to reach.',
      fill: 'text: What to fill with; a space when left out.',
    },
    returns: 'text',
    examples: { 'padStart(7, 3, "0")': '007' },
  },
  'padEnd(text, length, fill?)': {
    about: 'Fills a text at its end up to a length.',
    parameters: {
      text,
      length: 'number: The length to reach.',
      fill: 'text: What to fill with; a space when left out.',
    },
    returns: 'text',
    examples: { 'padEnd("ab", 4, ".")': 'ab..' },
  },
  'repeat(text, count)': {
    about: 'Repeats a text.',
    parameters: { text, count: 'number: How often.' },
    returns: 'text',
    examples: { 'repeat("ab", 3)': 'ababab' },
  },
  'replaceAll(text, from, to)': {
    about: 'Replaces every occurrence of a part. For patterns see replacePattern.',
    parameters: { text, from: 'text: The part to replace.', to: 'text: What to put there.' },
    returns: 'text',
    examples: { 'replaceAll("a-b-c", "-", "+")': 'a+b+c' },
  },
  'split(text, separator?)': {
    about: 'Cuts a text into a list. Without a separator it cuts at commas and trims the parts.',
    parameters: { text, separator: 'text: Where to cut.' },
    returns: 'list of text',
    examples: { 'split("red, green")': ['red', 'green'], 'split("a|b", "|")': ['a', 'b'] },
  },
  'join(list, separator?)': {
    about: 'Joins the items of a list to a text.',
    parameters: { list: 'list: The items.', separator: 'text: What stands between; ", " when left out.' },
    returns: 'text',
    examples: { 'join(["a", "b"])': 'a, b', 'join([1, 2], "-")': '1-2' },
  },
  'lines(text)': {
    about: 'The lines of a text as a list.',
    parameters: { text },
    returns: 'list of text',
    examples: { 'lines("a\\nb")': ['a', 'b'] },
  },
  'before(text, mark)': {
    about: 'What stands before the first mark; all of the text when there is none.',
    parameters: { text, mark: 'text: The mark.' },
    returns: 'text',
    examples: { 'before("ada@example.com", "@")': 'ada' },
  },
  'after(text, mark)': {
    about: 'What stands after the first mark; nothing when there is none.',
    parameters: { text, mark: 'text: The mark.' },
    returns: 'text',
    examples: { 'after("ada@example.com", "@")': 'example.com' },
  },
  'between(text, start, end)': {
    about: 'What stands between two marks.',
    parameters: { text, start: 'text: The first mark.', end: 'text: The second mark.' },
    returns: 'text',
    examples: { 'between("Order (42) sent", "(", ")")': '42' },
  },
  'contains(text, part)': {
    about: 'True when a text contains a part, whatever the case of the letters.',
    parameters: { text, part: 'text: What to look for.' },
    returns: 'boolean',
    examples: { 'contains("Hello World", "world")': true },
  },
  'occurrences(text, part)': {
    about: 'How often a part occurs in a text.',
    parameters: { text, part: 'text: What to count.' },
    returns: 'number',
    examples: { 'occurrences("banana", "an")': 2 },
  },
  'reverseText(text)': {
    about: 'Writes a text backwards.',
    parameters: { text },
    returns: 'text',
    examples: { 'reverseText("abc")': 'cba' },
  },
  'mask(text, visible?, sign?)': {
    about: 'Hides all but the last characters.',
    parameters: {
      text,
      visible: 'number: How many stay visible; 4 when left out.',
      sign: 'text: What stands for a hidden one; • when left out.',
    },
    returns: 'text',
    examples: { 'mask("DE89370400", 4, "*")': '******0400' },
  },
  'collapseSpaces(text)': {
    about: 'Turns every run of spaces and line ends into one space.',
    parameters: { text },
    returns: 'text',
    examples: { 'collapseSpaces(" a   b ")': 'a b' },
  },
  'escapeHtml(text)': {
    about: 'Writes a text so that HTML shows it as it is.',
    parameters: { text },
    returns: 'text',
    examples: { 'escapeHtml("<b>")': '&lt;b&gt;' },
  },
  'stripHtml(text)': {
    about: 'Takes HTML tags off.',
    parameters: { text },
    returns: 'text',
    examples: { 'stripHtml("<b>Hi</b> you")': 'Hi you' },
  },
  'encodeUrl(text)': {
    about: 'Writes a text as a part of a web address.',
    parameters: { text },
    returns: 'text',
    examples: { 'encodeUrl("a b&c")': 'a%20b%26c' },
  },
  'decodeUrl(text)': {
    about: 'Reads a part of a web address.',
    parameters: { text },
    returns: 'text',
    examples: { 'decodeUrl("a%20b")': 'a b' },
  },
  'toBase64(text)': {
    about: 'Encodes a text as Base64 of its UTF-8 bytes.',
    parameters: { text },
    returns: 'text',
    examples: { 'toBase64("hé")': 'aMOp' },
  },
  'fromBase64(text)': {
    about: 'Decodes Base64 (also its form for web addresses) to text.',
    parameters: { text },
    returns: 'text',
    examples: { 'fromBase64("aMOp")': 'hé' },
  },
  'matches(text, pattern, flags?)': {
    about: 'True when a pattern occurs in a text. Use ^ and $ to match all of it.',
    parameters: { text, pattern, flags },
    returns: 'boolean',
    examples: { 'matches("INV-042", "^INV-\\\\d+$")': true, 'matches("abc", "B", "i")': true },
  },
  'extract(text, pattern, flags?)': {
    about: 'The first match: its first group, or all of it when the pattern has no group; null when there is none.',
    parameters: { text, pattern, flags },
    returns: 'text or null',
    examples: {
      'extract("Order 42 of 99", "\\\\d+")': '42',
      'extract("id=7;", "id=(\\\\d+)")': '7',
      'extract("abc", "\\\\d")': null,
    },
  },
  'extractAll(text, pattern, flags?)': {
    about: 'All matches as a list, each as extract gives it.',
    parameters: { text, pattern, flags },
    returns: 'list of text',
    examples: { 'extractAll("a1b22", "\\\\d+")': ['1', '22'] },
  },
  'replacePattern(text, pattern, to, flags?)': {
    about: 'Replaces every match of a pattern. $1 stands for the first group, $0 for the match, $$ for $.',
    parameters: { text, pattern, to: 'text: What to put there.', flags },
    returns: 'text',
    examples: { 'replacePattern("2026-05-01", "(\\\\d+)-(\\\\d+)-(\\\\d+)", "$3.$2.$1")': '01.05.2026' },
  },
  'splitPattern(text, pattern, flags?)': {
    about: 'Cuts a text wherever a pattern matches.',
    parameters: { text, pattern, flags },
    returns: 'list of text',
    examples: { 'splitPattern("a1b22c", "\\\\d+")': ['a', 'b', 'c'] },
  },
});
