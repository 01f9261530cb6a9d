import { describe } from '../doc.ts';
import type { FunctionSpec } from '../spec.ts';

const value = 'any: The value.';
const values = 'any: The values.';

/** Documentation of the tests and choices. */
export const logicSpecs: readonly FunctionSpec[] = describe('logic', {
  'isEmpty(value)': {
    about: 'True for nothing, blank text, an empty list and an object without members. 0 and false are not empty.',
    parameters: { value },
    returns: 'boolean',
    examples: { 'isEmpty("  ")': true, 'isEmpty(0)': false },
  },
  'hasValue(value)': {
    about: 'The opposite of isEmpty.',
    parameters: { value },
    returns: 'boolean',
    examples: { 'hasValue([1])': true },
  },
  'coalesce(...values)': {
    about: 'The first value that is not null or undefined.',
    parameters: { values },
    returns: 'any',
    examples: { 'coalesce(null, undefined, 0, 1)': 0 },
  },
  'firstValue(...values)': {
    about: 'The first value that is not empty.',
    parameters: { values },
    returns: 'any',
    examples: { 'firstValue("", [], "x")': 'x' },
  },
  'ifElse(condition, then, otherwise?)': {
    about: 'One of two values, as condition ? then : otherwise.',
    parameters: {
      condition: 'any: What decides.',
      then: 'any: The value when it holds.',
      otherwise: 'any: The value when not.',
    },
    returns: 'any',
    examples: { 'ifElse(2 > 1, "yes", "no")': 'yes' },
  },
  'switchCase(value, ...cases)': {
    about: 'The result of the case that equals the value; a last single argument is the default.',
    parameters: { value, cases: 'any: case, result, case, result, …, default.' },
    returns: 'any',
    examples: { 'switchCase("b", "a", 1, "b", 2)': 2, 'switchCase("z", "a", 1, 0)': 0 },
  },
  'isEqual(a, b)': {
    about: 'True when two values hold the same data.',
    parameters: { a: 'any: One value.', b: 'any: The other.' },
    returns: 'boolean',
    examples: { 'isEqual({ a: [1], b: 2 }, { b: 2, a: [1] })': true },
  },
  'isIn(value, ...options)': {
    about: 'True when a value is one of the options, given one by one or as a list.',
    parameters: { value, options: 'any: The options.' },
    returns: 'boolean',
    examples: { 'isIn("b", "a", "b")': true, 'isIn(3, [1, 2])': false },
  },
  'all(...values)': {
    about: 'True when every value is true, given one by one or as a list.',
    parameters: { values },
    returns: 'boolean',
    examples: { 'all(true, 1 < 2)': true, 'all([true, false])': false },
  },
  'any(...values)': {
    about: 'True when a value is true, given one by one or as a list.',
    parameters: { values },
    returns: 'boolean',
    examples: { 'any(false, 1 < 2)': true },
  },
  'toBoolean(value)': {
    about: 'Reads a boolean; the texts false, no, off and 0 are false.',
    parameters: { value },
    returns: 'boolean',
    examples: { 'toBoolean("No")': false, 'toBoolean("yes")': true },
  },
  'toText(value)': {
    about: 'A value as text; nothing as empty text, objects as JSON.',
    parameters: { value },
    returns: 'text',
    examples: { 'toText(1.5)': '1.5', 'toText(null)': '' },
  },
  'size(value)': {
    about: 'The length of a text or list, or the number of members of an object.',
    parameters: { value },
    returns: 'number',
    examples: { 'size({ a: 1, b: 2 })': 2, 'size("abc")': 3 },
  },
  'typeOf(value)': {
    about: 'One of text, number, boolean, list, object, nothing.',
    parameters: { value },
    returns: 'text',
    examples: { 'typeOf([])': 'list', 'typeOf(null)': 'nothing' },
  },
  'isText(value)': {
    about: 'True for a text.',
    parameters: { value },
    returns: 'boolean',
    examples: { 'isText("a")': true },
  },
  'isNumber(value)': {
    about: 'True for a number, not NaN or infinite.',
    parameters: { value },
    returns: 'boolean',
    examples: { 'isNumber(0 / 0)': false },
  },
  'isNumeric(value)': {
    about: 'True for a number and for text that holds one.',
    parameters: { value },
    returns: 'boolean',
    examples: { 'isNumeric("12.5")': true, 'isNumeric("12 apples")': false },
  },
  'isInteger(value)': {
    about: 'True for a whole number.',
    parameters: { value },
    returns: 'boolean',
    examples: { 'isInteger(1.5)': false },
  },
  'isBoolean(value)': {
    about: 'True for true and false.',
    parameters: { value },
    returns: 'boolean',
    examples: { 'isBoolean(false)': true },
  },
  'isList(value)': {
    about: 'True for a list.',
    parameters: { value },
    returns: 'boolean',
    examples: { 'isList([])': true },
  },
  'isObject(value)': {
    about: 'True for an object, not for a list.',
    parameters: { value },
    returns: 'boolean',
    examples: { 'isObject([])': false },
  },
  'isDate(value)': {
    about: 'True for text that holds a date or time in ISO form.',
    parameters: { value },
    returns: 'boolean',
    examples: { 'isDate("2026-02-30")': false, 'isDate("2026-02-28")': true },
  },
  'isEmail(value)': {
    about: 'True for text of the form of an e-mail address.',
    parameters: { value },
    returns: 'boolean',
    examples: { 'isEmail("ada@example.com")': true, 'isEmail("ada@example")': false },
  },
  'isUrl(value)': {
    about: 'True for a web address that begins with http:// or https://.',
    parameters: { value },
    returns: 'boolean',
    examples: { 'isUrl("https://example.com/a?b=c")': true, 'isUrl("javascript:alert(1)")': false },
  },
  'isUuid(value)': {
    about: 'True for text of the form of a UUID.',
    parameters: { value },
    returns: 'boolean',
    examples: { 'isUuid("6ba7b810-9dad-11d1-80b4-00c04fd430c8")': true },
  },
});
