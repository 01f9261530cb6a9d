// Numbers travel as digits so that 64-bit integers and decimals keep every one of them. Nothing here goes through
// a floating point number unless its digits survive the trip.

const digitsExpression = /^-?\d+(\.\d+)?$/;
const exponentExpression = /^-?\d+(\.\d+)?[eE][+-]?\d+$/;

interface Separators {
  readonly decimal: string;
  readonly group: string;
}

const separatorsOf = new Map<string, Separators>();

function separators(locale: string): Separators {
  const known = separatorsOf.get(locale);
  if (known !== undefined) return known;
  const parts = new Intl.NumberFormat(locale).formatToParts(-1234567.5);
  const found = {
    decimal: parts.find((part) => part.type === 'decimal')?.value ?? '.',
    group: parts.find((part) => part.type === 'group')?.value ?? ',',
  };
  separatorsOf.set(locale, found);
  return found;
}

/** The digits of a typed number (`-1234.50`) or undefined when the text is not one. Knows the locale's separators. */
export function parseNumberText(text: string, locale: string): string | undefined {
  const { decimal, group } = separators(locale);
  let plain = text
    .trim()
    .replace(/[\u2212\u2013]/g, '-')
    .replace(/[\s\u00a0\u202f'’]/g, '');
  if (plain === '') return undefined;
  if (decimal !== '.' && !plain.includes(decimal) && !isGrouped(plain, '.')) {
    // A point typed where a comma is usual still means the decimal point: people paste such numbers.
    return normalise(plain);
  }
  if (group.trim() !== '' && plain.includes(group)) {
    const [whole = ''] = plain.split(decimal);
    if (!isGrouped(whole, group)) return undefined;
    plain = plain.replaceAll(group, '');
  }
  return normalise(plain.replace(decimal, '.'));
}

function isGrouped(text: string, group: string): boolean {
  const [first = '', ...rest] = text.replace(/^[+-]/, '').split(group);
  return rest.length > 0 && /^\d{1,3}$/.test(first) && rest.every((part) => /^\d{3}$/.test(part));
}

function normalise(text: string): string | undefined {
  const unsigned = text
    .replace(/^\+/, '')
    .replace(/^(-?)\./, '$10.')
    .replace(/\.$/, '');
  if (exponentExpression.test(unsigned)) return normalise(numberDigits(Number(unsigned)) ?? '');
  if (!digitsExpression.test(unsigned)) return undefined;
  const trimmed = unsigned.replace(/^(-?)0+(?=\d)/, '$1');
  return /^-0+(\.0+)?$/.test(trimmed) ? trimmed.slice(1) : trimmed;
}

/** The plain digits of a number value, without exponent. Undefined for what is not a finite number. */
export function numberDigits(value: unknown): string | undefined {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'string') return digitsExpression.test(value) ? value : undefined;
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined;
  const text = String(value);
  if (!text.includes('e')) return text;
  return value.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 20 });
}

/** How a number is shown for editing: the locale's decimal mark, no grouping. */
export function numberToEditText(value: unknown, locale: string): string {
  const digits = numberDigits(value);
  return digits === undefined ? '' : digits.replace('.', separators(locale).decimal);
}

/** A JavaScript number when it holds exactly these digits, otherwise the digits themselves. */
export function exactNumber(digits: string): number | string {
  const number = Number(digits);
  if (!digits.includes('.')) return Number.isSafeInteger(number) ? number : digits;
  return numberDigits(number) === digits.replace(/\.?0+$/, '') ? number : digits;
}

/** How many digits stand before and after the point. */
export function countDigits(digits: string): { readonly whole: number; readonly fraction: number } {
  const [whole = '', fraction = ''] = digits.replace('-', '').split('.');
  return { whole: whole === '0' ? 0 : whole.length, fraction: fraction.length };
}

/** Compares two digit texts exactly: negative, zero or positive. */
export function compareDigits(a: string, b: string): number {
  const scale = Math.max(countDigits(a).fraction, countDigits(b).fraction);
  const difference = scaled(a, scale) - scaled(b, scale);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

function scaled(digits: string, scale: number): bigint {
  const [whole = '0', fraction = ''] = digits.split('.');
  return BigInt(`${whole}${fraction.padEnd(scale, '0')}`);
}
