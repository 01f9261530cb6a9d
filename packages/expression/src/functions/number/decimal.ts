import type { Run } from '../../evaluate/run.ts';
import { integerOf, isNothing, textOf } from '../arguments.ts';
import { entry } from '../entry.ts';
import type { FunctionEntry, FunctionFamily } from '../entry.ts';

/** An exact decimal: `units` × 10^-`scale`. */
interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

export type RoundingMode = 'nearest' | 'down' | 'up';

const decimalPattern = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,3}))?$/i;
const longest = 400;

function parse(text: string): Decimal | undefined {
  const match = decimalPattern.exec(text.trim());
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match ?? [];
  if (!match || whole + fraction === '' || text.length > longest) return undefined;
  const scale = fraction.length - Number(exponent);
  const units = BigInt(sign + whole + fraction);
  return scale < 0 ? { units: units * 10n ** BigInt(-scale), scale: 0 } : { units, scale };
}

function write({ units, scale }: Decimal): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const sign = units < 0n ? '-' : '';
  return scale === 0 ? sign + digits : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** The units of a decimal at a greater or equal scale. */
function unitsAt({ units, scale }: Decimal, wanted: number): bigint {
  return units * 10n ** BigInt(wanted - scale);
}

function divideRounded(units: bigint, by: bigint, mode: RoundingMode): bigint {
  const quotient = units / by;
  const rest = units % by;
  if (rest === 0n) return quotient;
  const isNegative = units < 0n !== by < 0n;
  if (mode === 'down') return isNegative ? quotient - 1n : quotient;
  if (mode === 'up') return isNegative ? quotient : quotient + 1n;
  const twice = (rest < 0n ? -rest : rest) * 2n;
  const size = by < 0n ? -by : by;
  return twice >= size ? quotient + (isNegative ? -1n : 1n) : quotient;
}

function roundScale(value: Decimal, digits: number, mode: RoundingMode): Decimal {
  if (digits >= value.scale) return { units: unitsAt(value, digits), scale: digits };
  const units = divideRounded(value.units, 10n ** BigInt(value.scale - digits), mode);
  return digits >= 0 ? { units, scale: digits } : { units: units * 10n ** BigInt(-digits), scale: 0 };
}

/** Rounds a decimal text; halves go away from zero. `down` and `up` mean towards minus and plus infinity. */
export function roundDecimalText(text: string, digits: number, mode: RoundingMode): string {
  const value = parse(text);
  return value === undefined ? text : write(roundScale(value, digits, mode));
}

function decimalOf(run: Run, value: unknown): Decimal {
  run.spend(20);
  const decimal = parse(textOf(run, value));
  if (decimal) return decimal;
  throw run.error('expression.decimal-expected', 'A decimal number such as 12.50 is expected here.');
}

function onDecimals(
  minimum: number,
  maximum: number,
  apply: (run: Run, a: Decimal, args: readonly unknown[]) => unknown,
): FunctionEntry {
  return entry(minimum, maximum, (run, args) =>
    isNothing(args[0]) ? undefined : apply(run, decimalOf(run, args[0]), args),
  );
}

function fold(run: Run, args: readonly unknown[], combine: (a: Decimal, b: Decimal) => Decimal): string {
  const [first, ...others] = args.filter((arg) => !isNothing(arg)).map((arg) => decimalOf(run, arg));
  return write(others.reduce(combine, first ?? { units: 0n, scale: 0 }));
}

function add(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return { units: unitsAt(a, scale) + unitsAt(b, scale), scale };
}

/** Exact functions for decimals that come as text, such as amounts of money from a database. */
export const decimalFunctions: FunctionFamily = {
  addDecimal: entry(1, 20, (run, args) => fold(run, args, add)),
  subtractDecimal: entry(2, 2, (run, args) => fold(run, args, (a, b) => add(a, { units: -b.units, scale: b.scale }))),
  multiplyDecimal: entry(2, 20, (run, args) =>
    fold(run, args, (a, b) => ({ units: a.units * b.units, scale: a.scale + b.scale })),
  ),
  divideDecimal: onDecimals(2, 3, (run, a, args) => {
    const b = decimalOf(run, args[1]);
    if (b.units === 0n) throw run.error('expression.division-by-zero', 'Dividing by zero gives no number.');
    const digits = args[2] === undefined ? 10 : integerOf(run, args[2], 0, 50);
    const units = divideRounded(a.units * 10n ** BigInt(b.scale + digits), b.units * 10n ** BigInt(a.scale), 'nearest');
    return write({ units, scale: digits });
  }),
  roundDecimal: onDecimals(1, 2, (run, a, args) =>
    write(roundScale(a, args[1] === undefined ? 0 : integerOf(run, args[1], 0, 50), 'nearest')),
  ),
  compareDecimal: onDecimals(2, 2, (run, a, args) => {
    const { units } = add(a, ((b: Decimal): Decimal => ({ units: -b.units, scale: b.scale }))(decimalOf(run, args[1])));
    return units < 0n ? -1 : units > 0n ? 1 : 0;
  }),
};
