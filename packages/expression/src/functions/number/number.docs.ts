import { describe } from '../doc.ts';
import type { FunctionSpec } from '../spec.ts';

const value = 'number: The number.';
const digits = 'number: Places after the point; 0 when left out, negative for tens.';
const list = 'list of number: The numbers; empty items are left out.';
const a = 'text or number: A decimal number.';
const b = 'text or number: Another decimal number.';
const rounding = 'number: Places after the point.';

/** Documentation of the number functions. */
export const numberSpecs: readonly FunctionSpec[] = describe('number', {
  'round(value, digits?)': {
    about: 'Rounds to a number of places; halves go away from zero.',
    parameters: { value, digits },
    returns: 'number',
    examples: { 'round(2.5)': 3, 'round(1.005, 2)': 1.01, 'round(1234, -2)': 1200 },
  },
  'floor(value, digits?)': {
    about: 'Rounds down.',
    parameters: { value, digits },
    returns: 'number',
    examples: { 'floor(2.7)': 2, 'floor(-2.1)': -3 },
  },
  'ceil(value, digits?)': {
    about: 'Rounds up.',
    parameters: { value, digits },
    returns: 'number',
    examples: { 'ceil(2.1)': 3, 'ceil(2.301, 2)': 2.31 },
  },
  'integerPart(value)': {
    about: 'Cuts off what stands after the point.',
    parameters: { value },
    returns: 'number',
    examples: { 'integerPart(-2.7)': -2 },
  },
  'abs(value)': {
    about: 'The size without the sign.',
    parameters: { value },
    returns: 'number',
    examples: { 'abs(-4)': 4 },
  },
  'sign(value)': { about: '-1, 0 or 1.', parameters: { value }, returns: 'number', examples: { 'sign(-4)': -1 } },
  'sqrt(value)': { about: 'The square root.', parameters: { value }, returns: 'number', examples: { 'sqrt(9)': 3 } },
  'power(value, exponent)': {
    about: 'A power, as value ** exponent.',
    parameters: { value, exponent: 'number: The exponent.' },
    returns: 'number',
    examples: { 'power(2, 10)': 1024 },
  },
  'log(value, base?)': {
    about: 'A logarithm; the natural one when no base is given.',
    parameters: { value, base: 'number: The base.' },
    returns: 'number',
    examples: { 'log(1000, 10)': 3, 'log(1)': 0 },
  },
  'modulo(value, divisor)': {
    about: 'The rest of a division, with the sign of the divisor.',
    parameters: { value, divisor: 'number: What to divide by.' },
    returns: 'number',
    examples: { 'modulo(-1, 7)': 6 },
  },
  'clamp(value, least?, most?)': {
    about: 'Keeps a number within bounds.',
    parameters: { value, least: 'number: The lower bound.', most: 'number: The upper bound.' },
    returns: 'number',
    examples: { 'clamp(120, 0, 100)': 100 },
  },
  'inRange(value, least?, most?)': {
    about: 'True when a number is within bounds, these included.',
    parameters: { value, least: 'number: The lower bound.', most: 'number: The upper bound.' },
    returns: 'boolean',
    examples: { 'inRange(5, 1, 10)': true },
  },
  'percentOf(part, whole)': {
    about: 'How many percent a part is of the whole; nothing when the whole is 0.',
    parameters: { part: 'number: The part.', whole: 'number: The whole.' },
    returns: 'number',
    examples: { 'percentOf(30, 120)': 25 },
  },
  'toNumber(value, fallback?)': {
    about: 'Reads a number from text as people write it in English: with commas, spaces, a currency sign or %.',
    parameters: { value: 'any: What to read.', fallback: 'any: The result when it is no number; null when left out.' },
    returns: 'number or null',
    examples: { 'toNumber("1,234.50 €")': 1234.5, 'toNumber("12%")': 0.12, 'toNumber("n/a", 0)': 0 },
  },
  'min(...values)': {
    about: 'The smallest of numbers, given one by one or as a list.',
    parameters: { values: 'number or list of number: The numbers.' },
    returns: 'number',
    examples: { 'min(3, 1, 2)': 1, 'min([3, 1])': 1 },
  },
  'max(...values)': {
    about: 'The greatest of numbers, given one by one or as a list.',
    parameters: { values: 'number or list of number: The numbers.' },
    returns: 'number',
    examples: { 'max(3, 1, 2)': 3, 'max([])': null },
  },
  'sum(list)': {
    about: 'The sum of numbers.',
    parameters: { list },
    returns: 'number',
    examples: { 'sum([0.1, 0.2, 0.3])': 0.6, 'sum([])': 0 },
  },
  'product(list)': {
    about: 'The product of numbers.',
    parameters: { list },
    returns: 'number',
    examples: { 'product([2, 3, 4])': 24 },
  },
  'average(list)': {
    about: 'The mean; null when there are no numbers.',
    parameters: { list },
    returns: 'number or null',
    examples: { 'average([1, 2, 6])': 3, 'average([])': null },
  },
  'median(list)': {
    about: 'The middle number.',
    parameters: { list },
    returns: 'number or null',
    examples: { 'median([5, 1, 3])': 3, 'median([1, 2])': 1.5 },
  },
  'percentile(list, percent)': {
    about: 'The number below which a percentage of the numbers lie, interpolated.',
    parameters: { list, percent: 'number: From 0 to 100.' },
    returns: 'number or null',
    examples: { 'percentile([10, 20, 30, 40, 50], 90)': 46 },
  },
  'mode(list)': {
    about: 'The most frequent number, the first of several.',
    parameters: { list },
    returns: 'number or null',
    examples: { 'mode([1, 2, 2, 3])': 2 },
  },
  'variance(list)': {
    about: 'The variance of all the numbers.',
    parameters: { list },
    returns: 'number or null',
    examples: { 'variance([2, 4, 4, 4, 5, 5, 7, 9])': 4 },
  },
  'standardDeviation(list)': {
    about: 'The standard deviation of all the numbers.',
    parameters: { list },
    returns: 'number or null',
    examples: { 'standardDeviation([2, 4, 4, 4, 5, 5, 7, 9])': 2 },
  },
  'runningTotal(list)': {
    about: 'The sums so far, one for each number.',
    parameters: { list },
    returns: 'list of number',
    examples: { 'runningTotal([1, 2, 3])': [1, 3, 6] },
  },
  'addDecimal(...values)': {
    about: 'Adds decimals exactly. Decimals may be texts of any length.',
    parameters: { values: a },
    returns: 'text',
    examples: { 'addDecimal("0.10", "0.20")': '0.30' },
  },
  'subtractDecimal(a, b)': {
    about: 'Subtracts decimals exactly.',
    parameters: { a, b },
    returns: 'text',
    examples: { 'subtractDecimal("1.00", "0.99")': '0.01' },
  },
  'multiplyDecimal(...values)': {
    about: 'Multiplies decimals exactly.',
    parameters: { values: a },
    returns: 'text',
    examples: { 'multiplyDecimal("19.99", 3)': '59.97' },
  },
  'divideDecimal(a, b, digits?)': {
    about: 'Divides decimals, rounded to a number of places (10 when left out).',
    parameters: { a, b, digits: rounding },
    returns: 'text',
    examples: { 'divideDecimal("10", "3", 4)': '3.3333' },
  },
  'roundDecimal(value, digits?)': {
    about: 'Rounds a decimal to a number of places (0 when left out); halves go away from zero.',
    parameters: { value: a, digits: rounding },
    returns: 'text',
    examples: { 'roundDecimal("2.675", 2)': '2.68' },
  },
  'compareDecimal(a, b)': {
    about: 'Compares decimals exactly: -1, 0 or 1.',
    parameters: { a, b },
    returns: 'number',
    examples: { 'compareDecimal("1.10", "1.1")': 0, 'compareDecimal("0.1", "0.11")': -1 },
  },
});
