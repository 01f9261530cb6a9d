import { describe } from '../doc.ts';
import type { FunctionSpec } from '../spec.ts';

const object = 'object: The object.';
const path = 'text or list of text: Names with dots between them, such as "address.city" or "orders.0.total".';

/** Documentation of the object functions. */
export const objectSpecs: readonly FunctionSpec[] = describe('object', {
  'get(object, path, fallback?)': {
    about: 'The value at a path.',
    parameters: { object, path, fallback: 'any: The result when nothing is there.' },
    returns: 'any',
    examples: { 'get({ a: [{ b: 1 }] }, "a.0.b")': 1, 'get({}, "a.b", "none")': 'none' },
  },
  'has(object, path)': {
    about: 'True when there is a member at a path, also when it holds null.',
    parameters: { object, path },
    returns: 'boolean',
    examples: { 'has({ a: { b: null } }, "a.b")': true },
  },
  'set(object, path, value)': {
    about: 'A copy of the object with another value at a path.',
    parameters: { object, path, value: 'any: The value to put there.' },
    returns: 'object',
    examples: { 'set({ a: { b: 1, c: 2 } }, "a.b", 5)': { a: { b: 5, c: 2 } } },
  },
  'pick(object, ...names)': {
    about: 'An object of the named members only.',
    parameters: { object, names: 'text or list of text: The names.' },
    returns: 'object',
    examples: { 'pick({ a: 1, b: 2, c: 3 }, "a", "c")': { a: 1, c: 3 } },
  },
  'omit(object, ...names)': {
    about: 'The object without the named members.',
    parameters: { object, names: 'text or list of text: The names.' },
    returns: 'object',
    examples: { 'omit({ a: 1, b: 2 }, ["b"])': { a: 1 } },
  },
  'merge(...objects)': {
    about: 'One object of the members of all; later ones win.',
    parameters: { objects: 'object: The objects.' },
    returns: 'object',
    examples: { 'merge({ a: 1, b: 1 }, { b: 2 })': { a: 1, b: 2 } },
  },
  'mergeDeep(...objects)': {
    about: 'Like merge, and members that are objects are merged too.',
    parameters: { objects: 'object: The objects.' },
    returns: 'object',
    examples: { 'mergeDeep({ a: { x: 1 } }, { a: { y: 2 } })': { a: { x: 1, y: 2 } } },
  },
  'keys(object)': {
    about: 'The names of the members.',
    parameters: { object },
    returns: 'list of text',
    examples: { 'keys({ a: 1, b: 2 })': ['a', 'b'] },
  },
  'values(object)': {
    about: 'The values of the members.',
    parameters: { object },
    returns: 'list',
    examples: { 'values({ a: 1, b: 2 })': [1, 2] },
  },
  'entries(object)': {
    about: 'The members as pairs of name and value.',
    parameters: { object },
    returns: 'list of pairs',
    examples: { 'entries({ a: 1 })': [['a', 1]] },
  },
  'fromEntries(list)': {
    about: 'An object of pairs, or of rows with key and value.',
    parameters: { list: 'list: The pairs.' },
    returns: 'object',
    examples: { 'fromEntries([["a", 1], { key: "b", value: 2 }])': { a: 1, b: 2 } },
  },
  'mapValues(object, change)': {
    about: 'The object with every value changed.',
    parameters: { object, change: 'arrow: (value, name) => new value.' },
    returns: 'object',
    examples: { 'mapValues({ a: 1, b: 2 }, x => x * 10)': { a: 10, b: 20 } },
  },
  'mapKeys(object, change)': {
    about: 'The object with every name changed.',
    parameters: { object, change: 'arrow: (name, value) => new name.' },
    returns: 'object',
    examples: { 'mapKeys({ a: 1 }, name => upper(name))': { A: 1 } },
  },
  'filterValues(object, test)': {
    about: 'The members that pass a test.',
    parameters: { object, test: 'arrow: (value, name) => boolean.' },
    returns: 'object',
    examples: { 'filterValues({ a: 1, b: 2 }, x => x > 1)': { b: 2 } },
  },
  'renameKeys(object, names)': {
    about: 'The object with some names changed.',
    parameters: { object, names: 'object: Old name: new name.' },
    returns: 'object',
    examples: { 'renameKeys({ a: 1, b: 2 }, { a: "x" })': { x: 1, b: 2 } },
  },
  'invert(object)': {
    about: 'Turns names to values and values to names.',
    parameters: { object },
    returns: 'object',
    examples: { 'invert({ a: "x" })': { x: 'a' } },
  },
  'toJson(value, indent?)': {
    about: 'Writes a value as JSON text.',
    parameters: { value: 'any: The value.', indent: 'number: Spaces per level; 0 when left out.' },
    returns: 'text',
    examples: { 'toJson({ a: [1, null] })': '{"a":[1,null]}' },
  },
  'parseJson(text, fallback?)': {
    about: 'Reads JSON text.',
    parameters: { text: 'text: The JSON text.', fallback: 'any: The result when it is not JSON; null when left out.' },
    returns: 'any',
    examples: { 'parseJson("[1, 2]")': [1, 2], 'parseJson("oops", [])': [] },
  },
});
