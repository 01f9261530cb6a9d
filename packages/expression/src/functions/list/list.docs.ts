import { describe } from '../doc.ts';
import type { FunctionSpec } from '../spec.ts';

const list = 'list: The list; nothing counts as an empty one.';
const rows = 'list of object: The rows.';
const key = 'text or arrow: A member name, a path such as "address.city", or an arrow function of the row.';
const other = 'list: The other list.';

/** Documentation of the list functions. */
export const listSpecs: readonly FunctionSpec[] = describe('list', {
  'first(list, count?)': {
    about: 'The first item, or the first few as a list.',
    parameters: { list, count: 'number: How many.' },
    returns: 'item or list',
    examples: { 'first([1, 2, 3])': 1, 'first([1, 2, 3], 2)': [1, 2] },
  },
  'last(list, count?)': {
    about: 'The last item, or the last few as a list.',
    parameters: { list, count: 'number: How many.' },
    returns: 'item or list',
    examples: { 'last([1, 2, 3])': 3, 'last([1, 2, 3], 2)': [2, 3] },
  },
  'skip(list, count)': {
    about: 'The list without its first items.',
    parameters: { list, count: 'number: How many to leave out.' },
    returns: 'list',
    examples: { 'skip([1, 2, 3], 1)': [2, 3] },
  },
  'nth(list, index)': {
    about: 'The item at an index from 0; negative ones count from the end.',
    parameters: { list, index: 'number: The index.' },
    returns: 'item',
    examples: { 'nth(["a", "b"], -1)': 'b' },
  },
  'chunk(list, size)': {
    about: 'Cuts a list into lists of a size.',
    parameters: { list, size: 'number: Items per list.' },
    returns: 'list of list',
    examples: { 'chunk([1, 2, 3], 2)': [[1, 2], [3]] },
  },
  'paginate(list, page, size?)': {
    about: 'One page of a list.',
    parameters: { list, page: 'number: The page from 1.', size: 'number: Items per page; 20 when left out.' },
    returns: 'list',
    examples: { 'paginate([1, 2, 3, 4, 5], 2, 2)': [3, 4] },
  },
  'range(start, end?, step?)': {
    about: 'Numbers from a start up to, not including, an end. With one argument, from 0 to it.',
    parameters: {
      start: 'number: The first number.',
      end: 'number: Where to stop.',
      step: 'number: The distance; 1 or -1 when left out.',
    },
    returns: 'list of number',
    examples: { 'range(3)': [0, 1, 2], 'range(1, 10, 4)': [1, 5, 9], 'range(3, 0)': [3, 2, 1] },
  },
  'zip(...lists)': {
    about: 'Puts the items of several lists side by side.',
    parameters: { lists: 'list: The lists.' },
    returns: 'list of list',
    examples: {
      'zip(["a", "b"], [1, 2])': [
        ['a', 1],
        ['b', 2],
      ],
    },
  },
  'flatten(list, depth?)': {
    about: 'Puts the items of inner lists in one list.',
    parameters: { list, depth: 'number: How many levels; 1 when left out.' },
    returns: 'list',
    examples: { 'flatten([1, [2, [3]]])': [1, 2, [3]], 'flatten([1, [2, [3]]], 2)': [1, 2, 3] },
  },
  'compact(list)': {
    about: 'Leaves out null, empty text, false and NaN; keeps 0.',
    parameters: { list },
    returns: 'list',
    examples: { 'compact([0, null, "", "a", false])': [0, 'a'] },
  },
  'unique(list)': {
    about: 'Each item once; objects with equal members are equal.',
    parameters: { list },
    returns: 'list',
    examples: { 'unique([1, 2, 1, "1"])': [1, 2, '1'] },
  },
  'reverse(list)': {
    about: 'The list from its end.',
    parameters: { list },
    returns: 'list',
    examples: { 'reverse([1, 2, 3])': [3, 2, 1] },
  },
  'union(...lists)': {
    about: 'The items of all lists, each once.',
    parameters: { lists: 'list: The lists.' },
    returns: 'list',
    examples: { 'union([1, 2], [2, 3])': [1, 2, 3] },
  },
  'intersection(list, other)': {
    about: 'The items that are in both lists.',
    parameters: { list, other },
    returns: 'list',
    examples: { 'intersection([1, 2, 3], [3, 2])': [2, 3] },
  },
  'difference(list, other)': {
    about: 'The items that are not in the other list.',
    parameters: { list, other },
    returns: 'list',
    examples: { 'difference([1, 2, 3], [2])': [1, 3] },
  },
  'includes(list, item)': {
    about: 'True when a list contains an item; objects with equal members are equal.',
    parameters: { list, item: 'any: What to look for.' },
    returns: 'boolean',
    examples: { 'includes([{ id: 1 }], { id: 1 })': true },
  },
  'repeatItem(item, count)': {
    about: 'A list of the same item.',
    parameters: { item: 'any: The item.', count: 'number: How often.' },
    returns: 'list',
    examples: { 'repeatItem(0, 3)': [0, 0, 0] },
  },
  'toList(value)': {
    about: 'A list as it is; any other value as a list of one; nothing as an empty list.',
    parameters: { value: 'any: The value.' },
    returns: 'list',
    examples: { 'toList("a")': ['a'], 'toList(null)': [] },
  },
  'groupBy(list, key)': {
    about: 'Rows by the value of a key: an object of lists.',
    parameters: { list: rows, key },
    returns: 'object of list',
    examples: {
      'groupBy([{ t: "a", n: 1 }, { t: "b", n: 2 }, { t: "a", n: 3 }], "t")': {
        a: [
          { t: 'a', n: 1 },
          { t: 'a', n: 3 },
        ],
        b: [{ t: 'b', n: 2 }],
      },
    },
  },
  'countBy(list, key)': {
    about: 'How many rows have each value of a key.',
    parameters: { list: rows, key },
    returns: 'object of number',
    examples: { 'countBy(["a", "b", "a"], x => x)': { a: 2, b: 1 } },
  },
  'keyBy(list, key)': {
    about: 'An object of rows by the value of a key; the last of equal ones stays.',
    parameters: { list: rows, key },
    returns: 'object',
    examples: { 'keyBy([{ id: 7, n: "x" }], "id")': { '7': { id: 7, n: 'x' } } },
  },
  'sortBy(list, key?, direction?)': {
    about: 'Rows in the order of a key: numbers by size, texts by the language, nothing last.',
    parameters: { list: rows, key, direction: '"asc" or "desc": The direction; "asc" when left out.' },
    returns: 'list',
    examples: {
      'sortBy([{ n: 2 }, { n: null }, { n: 10 }], "n", "desc")': [{ n: 10 }, { n: 2 }, { n: null }],
      'sortBy(["b10", "b9", "a"])': ['a', 'b9', 'b10'],
    },
  },
  'uniqueBy(list, key)': {
    about: 'The first row of each value of a key.',
    parameters: { list: rows, key },
    returns: 'list',
    examples: { 'uniqueBy([{ t: 1, n: 1 }, { t: 1, n: 2 }], "t")': [{ t: 1, n: 1 }] },
  },
  'sumBy(list, key)': {
    about: 'The sum of a key.',
    parameters: { list: rows, key },
    returns: 'number',
    examples: { 'sumBy([{ n: 1.5 }, { n: "2" }, { n: null }], "n")': 3.5 },
  },
  'averageBy(list, key)': {
    about: 'The mean of a key; null when no row has it.',
    parameters: { list: rows, key },
    returns: 'number or null',
    examples: { 'averageBy([{ n: 1 }, { n: 2 }], row => row.n)': 1.5 },
  },
  'minBy(list, key)': {
    about: 'The row with the smallest value of a key.',
    parameters: { list: rows, key },
    returns: 'item',
    examples: { 'minBy([{ n: 2 }, { n: 1 }], "n")': { n: 1 } },
  },
  'maxBy(list, key)': {
    about: 'The row with the greatest value of a key.',
    parameters: { list: rows, key },
    returns: 'item',
    examples: { 'maxBy([{ n: 2 }, { n: 1 }], "n")': { n: 2 } },
  },
  'pluck(list, key)': {
    about: 'The values of a key.',
    parameters: { list: rows, key },
    returns: 'list',
    examples: { 'pluck([{ a: { b: 1 } }, {}], "a.b")': [1, null] },
  },
  'partition(list, test)': {
    about: 'Two lists: the items that pass a test, and the others.',
    parameters: { list, test: 'text or arrow: A member name, or an arrow function of the item.' },
    returns: 'list of two lists',
    examples: { 'partition([1, 2, 3], x => x > 1)': [[2, 3], [1]] },
  },
  'count(list, test?)': {
    about: 'How many items a list has, or how many of them pass a test.',
    parameters: { list, test: 'text or arrow: A member name, or an arrow function of the item.' },
    returns: 'number',
    examples: { 'count([1, 2, 3])': 3, 'count([1, 2, 3], x => x > 1)': 2 },
  },
  'where(list, members)': {
    about: 'The rows whose members equal those given.',
    parameters: { list: rows, members: 'object: The members to meet.' },
    returns: 'list',
    examples: { 'where([{ a: 1, b: 1 }, { a: 2, b: 1 }], { a: 2 })': [{ a: 2, b: 1 }] },
  },
  'findWhere(list, members)': {
    about: 'The first row whose members equal those given.',
    parameters: { list: rows, members: 'object: The members to meet.' },
    returns: 'item',
    examples: { 'findWhere([{ id: 1 }, { id: 2 }], { id: 2 })': { id: 2 } },
  },
});
