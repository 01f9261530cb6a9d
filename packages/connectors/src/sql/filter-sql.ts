import type { Filter, FilterCondition, RelationFilter } from '@fettle/access';
import { inputError, type Json } from '@fettle/base';
import type { ColumnDescription } from '@fettle/sdk';
import { shapeCondition, type ConditionShape } from './condition-shape.ts';
import { allOf, always, anyOf, Fragment, joinFragments, never, Slot, sql } from './fragment.ts';
import { relationOf } from './schema-index.ts';
import { linkCondition, type ResolvedColumn, type Scope } from './scope.ts';

/** Counts the values of a request in the order in which its shape collected them. */
export class ValueCounter {
  #next = 0;

  take(): number {
    this.#next += 1;
    return this.#next - 1;
  }
}

/**
 * Compiles a filter. Every condition is either true or false, never unknown: a comparison with a null is false, and
 * the negative operators (`notEqual`, `notContains`, `notOneOf`) are true for null, the exact opposite of their
 * positive forms.
 */
export function compileFilter(scope: Scope, filter: Filter, counter: ValueCounter, path: string): Fragment {
  if ('and' in filter) {
    return allOf(filter.and.map((item, index) => compileFilter(scope, item, counter, `${path}/and/${index}`)));
  }
  if ('or' in filter) {
    return anyOf(filter.or.map((item, index) => compileFilter(scope, item, counter, `${path}/or/${index}`)));
  }
  if ('not' in filter) return negate(scope, compileFilter(scope, filter.not, counter, `${path}/not`));
  if ('relation' in filter) return compileRelationFilter(scope, filter, counter, path);
  return compileCondition(scope, filter, counter, path);
}

function negate(scope: Scope, condition: Fragment): Fragment {
  if (condition === always) return never;
  if (condition === never) return always;
  return scope.compiler.dialect.isNotTrue(condition);
}

function compileRelationFilter(scope: Scope, filter: RelationFilter, counter: ValueCounter, path: string): Fragment {
  const relation = relationOf(scope.table, filter.relation, `${path}/relation`);
  const there = scope.inner(relation.table);
  const inner = filter.filter === undefined ? always : compileFilter(there, filter.filter, counter, `${path}/filter`);
  const wanted = filter.match === 'every' ? negate(there, inner) : inner;
  const { through } = relation;
  let from = there.from;
  let link: Fragment;
  if (through === undefined) {
    link = linkCondition(scope, there, relation);
  } else {
    const junction = scope.inner(through.table);
    const towardsThere = relation.foreignColumns.map(
      (column, index) => sql`${junction.reference(through.foreignColumns[index] ?? '')} = ${there.reference(column)}`,
    );
    from = sql`${junction.from} inner join ${there.from} on ${joinFragments(towardsThere, ' and ')}`;
    link = joinFragments(
      relation.columns.map(
        (column, index) => sql`${scope.reference(column)} = ${junction.reference(through.columns[index] ?? '')}`,
      ),
      ' and ',
    );
  }
  const exists = sql`exists (select 1 from ${from} ${there.joinText} where ${allOf([link, wanted])})`;
  return filter.match === 'some' ? exists : sql`not ${exists}`;
}

function compileCondition(scope: Scope, condition: FilterCondition, counter: ValueCounter, path: string): Fragment {
  const resolved = scope.resolve(condition.column, `${path}/column`);
  const { arrayParameters } = scope.compiler.dialect.capabilities;
  const shape = shapeCondition(condition, arrayParameters);
  const indexes = shape.values.map(() => counter.take());
  if (shape.form === 'skip') return always;
  return new ConditionCompiler(scope, resolved, `${path}/value`).compile(condition, shape, indexes);
}

class ConditionCompiler {
  readonly #scope: Scope;
  readonly #resolved: ResolvedColumn;
  readonly #path: string;

  constructor(scope: Scope, resolved: ResolvedColumn, path: string) {
    this.#scope = scope;
    this.#resolved = resolved;
    this.#path = path;
  }

  compile(condition: FilterCondition, shape: ConditionShape, indexes: readonly number[]): Fragment {
    const { operator } = condition;
    switch (operator) {
      case 'empty':
        return this.#empty();
      case 'notEmpty':
        return this.#notEmpty();
      case 'equal':
        return shape.form === 'null' ? this.#isNull() : this.#compare('=', indexes[0]);
      case 'notEqual':
        return shape.form === 'null' ? this.#isNotNull() : this.#orNull(this.#compare('<>', indexes[0]));
      case 'less':
        return shape.form === 'null' ? never : this.#compare('<', indexes[0]);
      case 'lessOrEqual':
        return shape.form === 'null' ? never : this.#compare('<=', indexes[0]);
      case 'greater':
        return shape.form === 'null' ? never : this.#compare('>', indexes[0]);
      case 'greaterOrEqual':
        return shape.form === 'null' ? never : this.#compare('>=', indexes[0]);
      case 'between':
        return this.#between(shape, indexes);
      case 'contains':
      case 'startsWith':
      case 'endsWith':
      case 'matches':
        return shape.form === 'null' ? never : this.#like(operator, shape, indexes[0]);
      case 'notContains':
        return shape.form === 'null' ? always : this.#orNull(this.#notLike(shape, indexes[0]));
      case 'oneOf':
        return this.#oneOf(shape, indexes);
      case 'notOneOf':
        return this.#notOneOf(shape, indexes);
      case 'containsAny':
        return anyOf(indexes.map((index) => this.#holds(index, shape)));
      case 'containsAll':
        return allOf(indexes.map((index) => this.#holds(index, shape)));
    }
  }

  get #column(): ColumnDescription {
    return this.#resolved.column;
  }

  get #reference(): Fragment {
    return this.#resolved.reference;
  }

  #isNull(): Fragment {
    return this.#resolved.nullable ? sql`${this.#reference} is null` : never;
  }

  #isNotNull(): Fragment {
    return this.#resolved.nullable ? sql`${this.#reference} is not null` : always;
  }

  #orNull(condition: Fragment): Fragment {
    return anyOf([condition, this.#isNull()]);
  }

  #empty(): Fragment {
    const { type } = this.#column;
    if (type === 'text' || type === 'longText') return anyOf([this.#isNull(), sql`${this.#reference} = ''`]);
    if (isList(this.#column)) {
      const none = this.#scope.compiler.dialect.listIsEmpty(this.#reference, this.#column);
      return anyOf([this.#isNull(), none]);
    }
    return this.#isNull();
  }

  #notEmpty(): Fragment {
    const { type } = this.#column;
    if (type === 'text' || type === 'longText') return sql`${this.#reference} <> ''`;
    if (isList(this.#column)) return negate(this.#scope, this.#empty());
    return this.#isNotNull();
  }

  #parameter(index: number | undefined): Fragment {
    this.#refuseIncomparable();
    return this.#scope.compiler.parameter(this.#column, index ?? 0, this.#path);
  }

  #compare(operator: string, index: number | undefined): Fragment {
    return sql`${this.#reference} ${new Fragment(operator)} ${this.#parameter(index)}`;
  }

  #between(shape: ConditionShape, indexes: readonly number[]): Fragment {
    const [low, high] = shape.detail === '01' ? [undefined, indexes[0]] : indexes;
    const bounds = [
      ...(low === undefined ? [] : [this.#compare('>=', low)]),
      ...(high === undefined ? [] : [this.#compare('<=', high)]),
    ];
    return bounds.length === 0 ? this.#isNotNull() : allOf(bounds);
  }

  #like(kind: LikeKind, shape: ConditionShape, index: number | undefined): Fragment {
    const { dialect } = this.#scope.compiler;
    const slot = new Slot(index ?? 0, (value) => likePattern(kind, value));
    return dialect.like(dialect.asText(this.#reference, this.#column), slot, !shape.detail.includes('u'));
  }

  #notLike(shape: ConditionShape, index: number | undefined): Fragment {
    return sql`not (${this.#like('contains', shape, index)})`;
  }

  #oneOf(shape: ConditionShape, indexes: readonly number[]): Fragment {
    return shape.detail.includes('n') ? this.#orNull(this.#isIn(indexes)) : this.#isIn(indexes);
  }

  #notOneOf(shape: ConditionShape, indexes: readonly number[]): Fragment {
    const isIn = this.#isIn(indexes);
    const isOutside = isIn === never ? this.#isNotNull() : sql`not (${isIn})`;
    return shape.detail.includes('n') ? allOf([isOutside, this.#isNotNull()]) : this.#orNull(isOutside);
  }

  #isIn(indexes: readonly number[]): Fragment {
    const [first] = indexes;
    if (first === undefined) return never;
    const { compiler } = this.#scope;
    if (!compiler.dialect.capabilities.arrayParameters) {
      const items = indexes.map((index) => this.#parameter(index));
      return sql`${this.#reference} in (${joinFragments(items, ', ')})`;
    }
    this.#refuseIncomparable();
    const one = compiler.parameter(this.#column, first, this.#path).bindings[0] as Slot;
    const list = new Slot(first, (value) => (value as readonly Json[]).map((item) => one.convert(item)));
    return compiler.dialect.isAnyOf(this.#reference, list, this.#column);
  }

  #holds(index: number, shape: ConditionShape): Fragment {
    if (!isList(this.#column)) return this.#like('contains', shape, index);
    const { dialect } = this.#scope.compiler;
    const slot = new Slot(index, (value) => (typeof value === 'object' ? JSON.stringify(value) : value));
    const holds = dialect.listHolds(this.#reference, slot, this.#column);
    return this.#resolved.nullable ? allOf([this.#isNotNull(), holds]) : holds;
  }

  #refuseIncomparable(): void {
    const { type, name, nativeType } = this.#column;
    if (type !== 'unknown' && type !== 'json' && type !== 'array') return;
    const message = `"${name}" (${nativeType}) cannot be compared with a value.`;
    throw inputError({
      code: 'data.not-comparable',
      message,
      hint:
        type === 'unknown'
          ? 'Use empty, notEmpty or a text operator.'
          : 'Use containsAny, containsAll, empty or notEmpty.',
      problems: [{ path: this.#path, message, code: 'data.not-comparable' }],
    });
  }
}

function isList(column: ColumnDescription): boolean {
  return column.type === 'array' || column.type === 'json';
}

type LikeKind = 'contains' | 'startsWith' | 'endsWith' | 'matches';

/** The LIKE pattern of a text, escaped with `!`. In `matches`, `*` stands for any text and `?` for one character. */
export function likePattern(kind: LikeKind, value: Json): string {
  const escaped = String(value).replaceAll(/[!%_[]/g, '!$&');
  switch (kind) {
    case 'contains':
      return `%${escaped}%`;
    case 'startsWith':
      return `${escaped}%`;
    case 'endsWith':
      return `%${escaped}`;
    case 'matches':
      return escaped.replaceAll('*', '%').replaceAll('?', '_');
  }
}
