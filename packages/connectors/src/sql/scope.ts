import { inputError } from '@fettle/base';
import type { ColumnDescription, RelationDescription, SchemaDescription } from '@fettle/sdk';
import type { Compiler } from './compiler.ts';
import { joinFragments, sql, type Fragment, Fragment as FragmentClass } from './fragment.ts';
import { columnOf, relationOf, tableOf, type IndexedTable } from './schema-index.ts';

/** A column that a path leads to. */
export interface ResolvedColumn {
  readonly column: ColumnDescription;
  readonly reference: Fragment;
  /** Null is possible: the column allows it, or the row it belongs to may be missing. */
  readonly nullable: boolean;
}

/** Hands out aliases that are unique within one statement. */
export class Aliases {
  #count = 0;

  next(): string {
    this.#count += 1;
    return `t${this.#count - 1}`;
  }
}

/** A table within a statement, under an alias, with the to-one relations joined to it. */
export class Scope {
  readonly compiler: Compiler;
  readonly schema: SchemaDescription;
  readonly table: IndexedTable;
  readonly alias: string;
  readonly aliases: Aliases;
  /** The joins of the whole statement (or subquery), in order. Shared with joined scopes. */
  readonly joins: Fragment[];
  readonly #joined = new Map<string, Scope>();

  constructor(options: {
    readonly compiler: Compiler;
    readonly schema: SchemaDescription;
    readonly table: IndexedTable;
    readonly aliases: Aliases;
    readonly joins?: Fragment[];
  }) {
    this.compiler = options.compiler;
    this.schema = options.schema;
    this.table = options.table;
    this.aliases = options.aliases;
    this.joins = options.joins ?? [];
    this.alias = this.aliases.next();
  }

  reference(column: string): Fragment {
    return this.compiler.reference(this.alias, column);
  }

  /** The table under its alias, for `from`. */
  get from(): Fragment {
    return sql`${this.compiler.table(this.table.description)} as ${new FragmentClass(this.alias)}`;
  }

  get joinText(): Fragment {
    return joinFragments(this.joins, ' ');
  }

  /** A separate scope over another table: for subqueries and further statements. */
  inner(table: string): Scope {
    return new Scope({
      compiler: this.compiler,
      schema: this.schema,
      table: tableOf(this.schema, table),
      aliases: this.aliases,
    });
  }

  /** The row on the other side of a to-one relation, joined once however often it is used. */
  join(relation: RelationDescription): Scope {
    const known = this.#joined.get(relation.name);
    if (known !== undefined) return known;
    const other = new Scope({
      compiler: this.compiler,
      schema: this.schema,
      table: tableOf(this.schema, relation.table),
      aliases: this.aliases,
      joins: this.joins,
    });
    this.#joined.set(relation.name, other);
    // Registered before anything joins to it, so that the text has the joins in an order that the database can read.
    this.joins.push(sql`left join ${other.from} on ${linkCondition(this, other, relation)}`);
    return other;
  }

  /** `column`, or `relation.column` through to-one relations. A column whose own name has dots comes first. */
  resolve(path: string, problemPath: string): ResolvedColumn {
    const own = this.table.columns.get(path);
    if (own !== undefined) return { column: own, reference: this.reference(path), nullable: own.nullable };
    for (let dot = path.indexOf('.'); dot !== -1; dot = path.indexOf('.', dot + 1)) {
      const relation = this.table.relations.get(path.slice(0, dot));
      if (relation === undefined) continue;
      if (relation.kind === 'many') throw toManyInPath(relation, path, problemPath);
      return { ...this.join(relation).resolve(path.slice(dot + 1), problemPath), nullable: true };
    }
    if (path.includes('.')) relationOf(this.table, path.slice(0, path.indexOf('.')), problemPath);
    const column = columnOf(this.table, path, problemPath);
    return { column, reference: this.reference(path), nullable: column.nullable };
  }
}

/** The columns that link two scopes, pairwise equal. */
export function linkCondition(here: Scope, there: Scope, relation: RelationDescription): Fragment {
  return joinFragments(
    relation.columns.map(
      (column, index) => sql`${here.reference(column)} = ${there.reference(relation.foreignColumns[index] ?? '')}`,
    ),
    ' and ',
  );
}

function toManyInPath(relation: RelationDescription, path: string, problemPath: string) {
  const message = `"${path}" goes through "${relation.name}", which links to many rows.`;
  return inputError({
    code: 'data.relation-to-many',
    message,
    hint: `Filter with { "relation": "${relation.name}", "match": "some", "filter": … } instead.`,
    problems: [{ path: problemPath, message, code: 'data.relation-to-many' }],
  });
}
