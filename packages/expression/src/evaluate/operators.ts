import type { BinaryOperator } from '../syntax/node.ts';
import { joinTexts, toKey, toNumber, toPrimitive } from './conversions.ts';
import type { Run } from './run.ts';
import { hasMember } from './values.ts';

type Operate = (run: Run, left: unknown, right: unknown) => unknown;

/** JavaScript's `+`, with objects as JSON text. */
function add(run: Run, left: unknown, right: unknown): unknown {
  if (typeof left === 'number' && typeof right === 'number') return left + right;
  const a = toPrimitive(run, left);
  const b = toPrimitive(run, right);
  return typeof a === 'string' || typeof b === 'string' ? joinTexts(run, String(a), String(b)) : Number(a) + Number(b);
}

/** JavaScript's `==`, except that lists and objects equal only themselves. */
function looselyEqual(left: unknown, right: unknown): boolean {
  if (typeof left === 'object' && left !== null) return left === right;
  if (typeof right === 'object' && right !== null) return false;
  // oxlint-disable-next-line eqeqeq -- this is the operator itself, on primitives only
  return left == right;
}

function compare(test: (a: string | number, b: string | number) => boolean): Operate {
  return (run, left, right) => {
    if (typeof left === 'number' && typeof right === 'number') return test(left, right);
    const a = toPrimitive(run, left);
    const b = toPrimitive(run, right);
    return typeof a === 'string' && typeof b === 'string' ? test(a, b) : test(Number(a), Number(b));
  };
}

function arithmetic(operate: (a: number, b: number) => number): Operate {
  return (run, left, right) =>
    typeof left === 'number' && typeof right === 'number'
      ? operate(left, right)
      : operate(toNumber(run, left), toNumber(run, right));
}

/** What each binary operator does. */
export const binaryOperators: Readonly<Record<BinaryOperator, Operate>> = {
  '+': add,
  '-': arithmetic((a, b) => a - b),
  '*': arithmetic((a, b) => a * b),
  '/': arithmetic((a, b) => a / b),
  '%': arithmetic((a, b) => a % b),
  '**': arithmetic((a, b) => a ** b),
  '==': (_, left, right) => looselyEqual(left, right),
  '!=': (_, left, right) => !looselyEqual(left, right),
  '===': (_, left, right) => left === right,
  '!==': (_, left, right) => left !== right,
  '<': compare((a, b) => a < b),
  '<=': compare((a, b) => a <= b),
  '>': compare((a, b) => a > b),
  '>=': compare((a, b) => a >= b),
  in: (run, left, right) => hasMember(right, toKey(run, left)),
  '&': arithmetic((a, b) => a & b),
  '|': arithmetic((a, b) => a | b),
  '^': arithmetic((a, b) => a ^ b),
  '<<': arithmetic((a, b) => a << b),
  '>>': arithmetic((a, b) => a >> b),
  '>>>': arithmetic((a, b) => a >>> b),
};
