import type { Filter, FilterCondition } from '@fettle/access';
import type { Json } from '@fettle/base';

/** What of a condition decides its SQL, and the values that are bound. */
export interface ConditionShape {
  readonly form: 'skip' | 'null' | 'value' | 'list' | 'pair' | 'none';
  /** Of a list: it holds null as well. Of a pair: which ends are open. Of a text: it is ASCII. */
  readonly detail: string;
  readonly values: readonly Json[];
}

const skipped: ConditionShape = { form: 'skip', detail: '', values: [] };
const isNull: ConditionShape = { form: 'null', detail: '', values: [] };
const noValue: ConditionShape = { form: 'none', detail: '', values: [] };

/** The shape of one condition. Compiling and running read it through this one function, so they cannot disagree. */
export function shapeCondition(condition: FilterCondition, asOneParameter: boolean): ConditionShape {
  const { operator } = condition;
  const value = condition.value ?? null;
  if (operator === 'empty' || operator === 'notEmpty') return noValue;
  if (condition.optional === true && isEmptyValue(value)) return skipped;
  if (operator === 'between') return shapePair(value);
  if (operator === 'oneOf' || operator === 'notOneOf' || operator === 'containsAny' || operator === 'containsAll') {
    const single = asOneParameter && (operator === 'oneOf' || operator === 'notOneOf');
    return shapeList(Array.isArray(value) ? (value as readonly Json[]) : [value], single);
  }
  if (value === null) return isNull;
  return { form: 'value', detail: typeof value === 'string' && !isAscii(value) ? 'u' : '', values: [value] };
}

function shapePair(value: Json): ConditionShape {
  const [low = null, high = null] = Array.isArray(value) ? (value as readonly Json[]) : [];
  const detail = `${low === null || low === '' ? 0 : 1}${high === null || high === '' ? 0 : 1}`;
  return { form: 'pair', detail, values: [low, high].filter((end) => end !== null && end !== '') };
}

function shapeList(list: readonly Json[], asOneParameter: boolean): ConditionShape {
  const items = list.filter((item) => item !== null);
  const nullMark = items.length === list.length ? '' : 'n';
  if (asOneParameter && items.length > 0) return { form: 'list', detail: `1${nullMark}`, values: [items] };
  // Lists are padded with their last item to a power of two, so that few lengths need a statement of their own.
  const last = items.at(-1);
  if (last !== undefined) while ((items.length & (items.length - 1)) !== 0) items.push(last);
  const unicodeMark = items.every((item) => typeof item !== 'string' || isAscii(item)) ? '' : 'u';
  return { form: 'list', detail: `${items.length}${nullMark}${unicodeMark}`, values: items };
}

function isEmptyValue(value: Json): boolean {
  if (value === null || value === '') return true;
  return Array.isArray(value) && (value as readonly Json[]).every((item) => item === null || item === '');
}

function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) if (text.charCodeAt(index) > 127) return false;
  return true;
}

/** Collects the shape of a filter as text, and its values in the order in which the compiler meets them. */
export function shapeFilter(filter: Filter, values: Json[], asOneParameter: boolean): string {
  if ('and' in filter) return shapeGroup('&', filter.and, values, asOneParameter);
  if ('or' in filter) return shapeGroup('|', filter.or, values, asOneParameter);
  if ('not' in filter) return `!(${shapeFilter(filter.not, values, asOneParameter)})`;
  if ('relation' in filter) {
    const inner = filter.filter === undefined ? '' : shapeFilter(filter.filter, values, asOneParameter);
    return `@${JSON.stringify(filter.relation)}${filter.match}(${inner})`;
  }
  const shape = shapeCondition(filter, asOneParameter);
  for (const value of shape.values) values.push(value);
  return `${JSON.stringify(filter.column)}${filter.operator}:${shape.form}${shape.detail};`;
}

function shapeGroup(mark: string, filters: readonly Filter[], values: Json[], asOneParameter: boolean): string {
  let text = `${mark}(`;
  for (const filter of filters) text += shapeFilter(filter, values, asOneParameter);
  return `${text})`;
}
