import type { Json, Problem } from '@fettle/base';
import type { FieldSpecification, FieldType } from '@fettle/sdk';
import type { TemplateTable } from '../format/tables-schema.ts';
import type { Template, TemplateRow } from '../template.ts';
import { readMark, rowKeyMember } from './marks.ts';

const filledByItself: ReadonlySet<FieldType> = new Set([
  'autoNumber',
  'createdAt',
  'createdBy',
  'updatedAt',
  'updatedBy',
]);

/** What is wrong with the sample rows of a template, as far as its tables say. */
export function checkRows({ tables, rows }: Pick<Template, 'tables' | 'rows'>): readonly Problem[] {
  const keys = new Map(
    tables.map(({ name }) => [name, new Set((rows[name] ?? []).map((row) => row[rowKeyMember]))] as const),
  );
  const order = new Map(tables.map(({ name }, index) => [name, index]));
  return tables.flatMap((table) => {
    const seen = new Set<Json>();
    return (rows[table.name] ?? []).flatMap((row, index) => {
      const path = `rows/${table.name}.json#/${index}`;
      const check = new RowCheck(table, path, { keys, order });
      const key = row[rowKeyMember];
      if (key !== undefined && (typeof key !== 'string' || key === '' || seen.has(key)))
        check.refuse(rowKeyMember, 'The key of a row is a text that no other row of the table has.');
      if (key !== undefined) seen.add(key);
      check.row(row);
      return check.problems;
    });
  });
}

class RowCheck {
  readonly problems: Problem[] = [];
  readonly #table: TemplateTable;
  readonly #path: string;
  readonly #known: {
    readonly keys: ReadonlyMap<string, ReadonlySet<Json | undefined>>;
    readonly order: ReadonlyMap<string, number>;
  };

  constructor(
    table: TemplateTable,
    path: string,
    known: {
      readonly keys: ReadonlyMap<string, ReadonlySet<Json | undefined>>;
      readonly order: ReadonlyMap<string, number>;
    },
  ) {
    this.#table = table;
    this.#path = path;
    this.#known = known;
  }

  refuse(column: string, message: string): void {
    this.problems.push({ path: `${this.#path}/${column}`, code: 'rows.value', message });
  }

  row(row: TemplateRow): void {
    for (const field of this.#table.fields) {
      const value = row[field.name];
      if (filledByItself.has(field.type)) {
        if (value !== undefined) this.refuse(field.name, `"${field.name}" is filled by itself: leave it out.`);
      } else if (value === undefined || value === null) {
        if (field.required === true && (field.default === undefined || value === null))
          this.refuse(field.name, `"${field.name}" is required.`);
      } else this.#value(field, value);
    }
    for (const column of Object.keys(row)) {
      if (column !== rowKeyMember && !this.#table.fields.some(({ name }) => name === column))
        this.refuse(column, `The table "${this.#table.name}" has no column "${column}".`);
    }
  }

  #value(field: FieldSpecification, value: Json): void {
    const { name, type, options = [] } = field;
    const mark = readMark(value);
    if (typeof mark === 'string') {
      if (type !== 'json') this.refuse(name, mark);
      return;
    }
    if (mark !== undefined) return this.#mark(field, mark);
    if (type === 'relation') this.refuse(name, `Name the row: { "$row": "its $key" }.`);
    if (type === 'attachment') this.refuse(name, 'Sample rows have no files: leave it out.');
    if (type === 'select' && !options.includes(String(value)))
      this.refuse(name, `${JSON.stringify(value)} is no option. There is: ${options.join(', ')}.`);
    if (type === 'multiSelect' && !(Array.isArray(value) && value.every((item) => options.includes(String(item)))))
      this.refuse(name, `This must be a list of options. There is: ${options.join(', ')}.`);
  }

  #mark(field: FieldSpecification, mark: Exclude<ReturnType<typeof readMark>, string | undefined>): void {
    const { name, type } = field;
    const fits = {
      row: type === 'relation',
      date: type === 'date',
      time: type === 'datetime',
      user: type === 'user' || type === 'text',
    }[mark.kind];
    if (!fits) this.refuse(name, `A column of type ${type} does not take { "$${mark.kind}": … }.`);
    if (mark.kind !== 'row' || type !== 'relation') return;
    const target = field.target ?? '';
    if (this.#known.keys.get(target)?.has(mark.key) !== true)
      this.refuse(name, `rows/${target}.json has no row with the $key "${mark.key}".`);
    const isLater = (this.#known.order.get(target) ?? -1) >= (this.#known.order.get(this.#table.name) ?? 0);
    if (isLater && field.required === true)
      this.refuse(name, `"${name}" is required, so the rows of "${target}" must come first: order tables.json so.`);
  }
}
