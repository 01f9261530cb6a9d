import { inputError, isJsonObject, type Json, type Problem } from '@fettle/base';
import type { FlowInput } from '../kinds/common.ts';

const maxListItems = 1000;
const maxTextLength = 1_000_000;

/** Whose values are checked, with what a value of it is called. */
const valueOf = { query: 'parameter', flow: 'input', approval: 'field' } as const;

/**
 * Values of the parameters of a query, the inputs of a flow or the fields of an approval, each of its declared type. What is left out takes the default, else null; what is
 * required and missing, or not declared at all, is refused with its name.
 */
export function checkParameters(
  parameters: readonly FlowInput[],
  given: unknown,
  owner: keyof typeof valueOf = 'query',
): Readonly<Record<string, Json>> {
  if (given !== undefined && !isJsonObject(given))
    throw invalid([{ path: '/parameters', message: 'Give an object of values by name.' }], owner);
  const values = new Map(Object.entries(given ?? {}));
  const problems: Problem[] = [];
  const known = new Set(parameters.map(({ name }) => name));
  for (const name of values.keys()) {
    if (!known.has(name))
      problems.push({
        path: `/parameters/${name.slice(0, 64)}`,
        message: `The ${owner} has no ${valueOf[owner]} "${name.slice(0, 64)}".`,
      });
  }
  // No prototype: a parameter that is not there is nothing, whatever its name.
  const checked = Object.create(null) as Record<string, Json>;
  for (const parameter of parameters) {
    const { name } = parameter;
    const raw = values.has(name) ? values.get(name) : (parameter.default as Json | undefined);
    const value = isMissing(raw, parameter) ? null : convert(raw as Json, parameter);
    const message = reasonAgainst(value, parameter);
    if (message !== undefined) problems.push({ path: `/parameters/${name}`, message });
    else checked[name] = value as Json;
  }
  if (problems.length > 0) throw invalid(problems, owner);
  return checked;
}

/** Why a flow cannot be given this for an input; undefined when it can. What is left out takes the default. */
export function inputMisfit(given: Json | undefined, input: FlowInput): string | undefined {
  const raw = given === undefined ? (input.default as Json | undefined) : given;
  return reasonAgainst(isMissing(raw, input) ? null : convert(raw as Json, input), input);
}

/** Of a value that was converted: undefined when it did not fit. */
function reasonAgainst(value: Json | undefined, { name, type, required }: FlowInput): string | undefined {
  if (value === undefined) return `"${name}" must be ${words[type]}.`;
  return value === null && required === true ? `"${name}" is needed.` : undefined;
}

const words: Readonly<Record<FlowInput['type'], string>> = {
  text: 'a text',
  integer: 'a whole number',
  number: 'a number',
  decimal: 'a decimal number',
  boolean: 'true or false',
  date: 'a date such as 2026-03-28',
  timestamp: 'an instant such as 2026-03-28T14:30:00Z',
  json: 'JSON',
  file: 'one stored file',
  list: `a list of at most ${maxListItems} texts, numbers or true/false`,
};

// An input left empty gives an empty text: for anything but texts that means "nothing".
function isMissing(value: Json | undefined, parameter: FlowInput): boolean {
  return (
    value === undefined || value === null || (value === '' && parameter.type !== 'text' && parameter.type !== 'json')
  );
}

/** Undefined: it does not fit. Numbers may come as text, since addresses and inputs hold text. */
function convert(value: Json, { type }: FlowInput): Json | undefined {
  switch (type) {
    case 'text':
      return typeof value === 'string' && value.length <= maxTextLength
        ? value
        : typeof value === 'number'
          ? String(value)
          : undefined;
    case 'integer':
      return convertInteger(value);
    case 'number':
      return convertNumber(value);
    case 'decimal':
      return /^[+-]?\d{1,100}(\.\d{1,100})?$/.test(String(value)) && typeof value !== 'object'
        ? String(value).replace(/^\+/, '')
        : undefined;
    case 'boolean':
      return value === true || value === 'true' ? true : value === false || value === 'false' ? false : undefined;
    case 'date':
      return convertDate(value);
    case 'timestamp':
      return convertInstant(value);
    case 'json':
      return value;
    case 'file':
      return convertFile(value);
    case 'list':
      return Array.isArray(value) && value.length <= maxListItems && value.every(isScalar) ? value : undefined;
  }
}

/** What names a stored file: what file inputs and attachment columns hold, alone or as the only one of a list. */
function convertFile(value: Json): Json | undefined {
  const [only, ...others] = Array.isArray(value) ? (value as readonly Json[]) : [value];
  if (only === undefined) return null;
  const id = isJsonObject(only) ? only['id'] : only;
  return others.length === 0 && typeof id === 'string' && /^file_[a-z0-9]{1,60}$/.test(id) ? { id } : undefined;
}

function convertInteger(value: Json): Json | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : undefined;
  if (typeof value !== 'string' || !/^[+-]?\d{1,19}$/.test(value.trim())) return undefined;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value.trim().replace(/^\+/, '');
}

function convertNumber(value: Json): Json | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string' || !/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i.test(value.trim())) return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

function convertDate(value: Json): Json | undefined {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return undefined;
  const moment = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(value) ? value : undefined;
}

function convertInstant(value: Json): Json | undefined {
  if (
    typeof value !== 'string' ||
    !/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2}))?$/.test(value)
  )
    return undefined;
  const moment = new Date(value);
  return Number.isNaN(moment.getTime()) ? undefined : moment.toISOString();
}

function isScalar(value: Json): boolean {
  return (
    value === null ||
    typeof value === 'boolean' ||
    typeof value === 'number' ||
    (typeof value === 'string' && value.length <= maxTextLength)
  );
}

function invalid(problems: readonly Problem[], owner: keyof typeof valueOf) {
  return inputError({
    code: 'query.parameters-invalid',
    message: problems
      .map(({ message }) => message)
      .slice(0, 5)
      .join(' '),
    hint: `Give each ${valueOf[owner]} a value of its type.`,
    problems: problems.slice(0, 50),
  });
}
