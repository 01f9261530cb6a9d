import type { RelationDescription, TableDescription } from '@fettle/sdk';
import { deleteRow, navigate, showMessage } from './actions.ts';
import {
  detailColumns,
  formColumns,
  labelColumnOf,
  listColumns,
  relationTitle,
  tableIn,
  type ShownColumn,
} from './columns.ts';
import type { IdMaker } from './ids.ts';
import { card, pageHead, stack, type Node, type ScreenDraft } from './node.ts';
import { keyBinding, keyPartBinding, memberOf, singleKey } from './row-keys.ts';
import { tableNode } from './table-node.ts';
import type { TablePlan } from './table-plan.ts';
import { iconFor } from './words.ts';

type Plans = ReadonlyMap<string, TablePlan>;

const maxRelatedLists = 6;

/** All screens of one table. */
export function tableScreens(plan: TablePlan, plans: Plans, ids: IdMaker): readonly ScreenDraft[] {
  return [
    listScreen(plan, ids),
    ...detailScreen(plan, plans, ids),
    ...createScreen(plan, ids),
    ...editScreen(plan, ids),
  ];
}

/** Where the rows of a table come from. */
function placeOf(plan: TablePlan): { readonly dataSource: string; readonly table: string } {
  return { dataSource: plan.dataSource, table: plan.table.id };
}

function openRow(plan: TablePlan, ids: IdMaker) {
  const key = keyBinding(plan.table, 'event.row');
  return plan.detail === undefined || key === undefined ? undefined : [navigate(ids, plan.detail, { id: key })];
}

function button(name: string, text: string, settings: Readonly<Record<string, unknown>>, click: Node['events']): Node {
  return {
    type: 'core/button',
    name,
    settings: { text, ...settings },
    ...(click === undefined ? {} : { events: click }),
  };
}

function listScreen(plan: TablePlan, ids: IdMaker): ScreenDraft {
  const { create, single, table, title } = plan;
  const buttons =
    create === undefined
      ? []
      : [button('newButton', `New ${single.toLowerCase()}`, { icon: 'plus' }, { click: [navigate(ids, create)] })];
  const onRowClick = openRow(plan, ids);
  const rows = tableNode({
    name: 'rows',
    data: { ...placeOf(plan), ...firstSort(table) },
    columns: listColumns(plan.schema, table),
    settings: { pageSize: 25, emptyText: `No ${title.toLowerCase()} yet` },
    ...(onRowClick === undefined ? {} : { onRowClick }),
  });
  return {
    id: plan.list,
    name: plan.name,
    title,
    route: `/${plan.slug}`,
    icon: iconFor(table.name),
    width: 'full',
    children: [pageHead({ text: title }, buttons), rows],
  };
}

/** The newest first where there is a date of making, else by the key. */
function firstSort(table: TableDescription): Readonly<Record<string, unknown>> {
  const made = table.columns.find(
    (column) =>
      /^(created|opened|ordered|invoice)_?(at|on|date)$/i.test(column.name) && /date|timestamp/.test(column.type),
  );
  return made === undefined ? {} : { sort: [{ column: made.name, direction: 'descending' }] };
}

function detailScreen(plan: TablePlan, plans: Plans, ids: IdMaker): readonly ScreenDraft[] {
  const { detail, single, table } = plan;
  if (detail === undefined) return [];
  const key = singleKey(table);
  const facts = detailColumns(plan.schema, table);
  const record = key === undefined ? viewForm(plan, facts) : factsOf(plan, key, facts);
  const label = labelColumnOf(table);
  const rowName = key === undefined ? 'components.record.row' : 'components.facts.row';
  const heading = label === undefined ? single : `{{ ${optional(rowName, label)} ?? ${JSON.stringify(single)} }}`;
  const related = table.relations
    .filter((relation) => relation.kind === 'many' && !isBareJunction(plan, relation))
    .flatMap((relation) => relatedList(plan, relation, plans, ids))
    .slice(0, maxRelatedLists);
  return [
    {
      id: detail,
      name: `${plan.name}Detail`,
      title: single,
      route: `/${plan.slug}/:id`,
      width: 'normal',
      children: [
        pageHead({ text: heading, description: single }, detailButtons(plan, ids)),
        card('factsCard', 'Details', [record]),
        ...related,
      ],
    },
  ];
}

/** Whether a list of these rows would only repeat what the relation through them shows better. */
function isBareJunction({ schema, table }: TablePlan, relation: RelationDescription): boolean {
  if (relation.through !== undefined) return false;
  const links = table.relations.flatMap(({ through }) =>
    through?.table === relation.table ? [...through.columns, ...through.foreignColumns] : [],
  );
  return (
    links.length > 0 && (tableIn(schema, relation.table)?.columns.every(({ name }) => links.includes(name)) ?? false)
  );
}

function optional(row: string, column: string): string {
  return memberOf(row, column).replace(`${row}.`, `${row}?.`).replace(`${row}[`, `${row}?.[`);
}

function factsOf(plan: TablePlan, key: string, facts: readonly ShownColumn[]): Node {
  return {
    type: 'core/key-value',
    name: 'facts',
    settings: {
      source: 'row',
      data: {
        kind: 'table',
        ...placeOf(plan),
        filter: { column: key, operator: 'equal', value: '{{ screen.params.id }}' },
      },
      columns: facts.map((shown) => shown.path),
      emptyText: `This ${plan.single.toLowerCase()} is not there`,
      columnCount: facts.length > 5 ? 2 : 1,
      arrangement: 'above',
    },
  };
}

function viewForm(plan: TablePlan, facts: readonly ShownColumn[]): Node {
  return {
    type: 'core/form',
    name: 'record',
    settings: {
      data: { kind: 'table', ...placeOf(plan) },
      mode: 'view',
      recordKey: '{{ screen.params.id }}',
      fields: fieldsOf(plan, facts),
      columns: 'two',
      showButtons: false,
    },
  };
}

function detailButtons(plan: TablePlan, ids: IdMaker): readonly Node[] {
  const { edit, single } = plan;
  if (edit === undefined) return [];
  const removal = deleteRow(ids, { ...placeOf(plan), key: '{{ screen.params.id }}' }, [
    showMessage(ids, `${single} deleted`),
    navigate(ids, plan.list),
  ]);
  return [
    button(
      'editButton',
      'Edit',
      { icon: 'pencil' },
      { click: [navigate(ids, edit, { id: '{{ screen.params.id }}' })] },
    ),
    button(
      'deleteButton',
      'Delete',
      {
        icon: 'trash',
        look: 'outline',
        tone: 'danger',
        confirm: true,
        confirmTitle: `Delete this ${single.toLowerCase()}?`,
        confirmMessage: 'This cannot be undone.',
      },
      { click: [removal] },
    ),
  ];
}

/** The rows of another table that belong to this one. */
function relatedList(plan: TablePlan, relation: RelationDescription, plans: Plans, ids: IdMaker): readonly Node[] {
  const target = tableIn(plan.schema, relation.table);
  if (target === undefined) return [];
  const filter = relatedFilter(plan, relation, target);
  if (filter === undefined) return [];
  const other = plans.get(target.id);
  const onRowClick = other === undefined ? undefined : openRow(other, ids);
  const title = relationTitle(plan.table, relation, target);
  const hidden = relation.through === undefined ? relation.foreignColumns : [];
  const rows = tableNode({
    name: `${relation.name}Rows`,
    data: { dataSource: plan.dataSource, table: target.id, filter, ...firstSort(target) },
    columns: listColumns(plan.schema, target, hidden).slice(0, 5),
    settings: {
      title,
      pageSize: 10,
      searchable: false,
      filterable: false,
      allowExport: false,
      emptyText: `No ${title.toLowerCase()} yet`,
    },
    ...(onRowClick === undefined ? {} : { onRowClick }),
  });
  return [rows];
}

function relatedFilter(
  plan: TablePlan,
  relation: RelationDescription,
  target: TableDescription,
): Readonly<Record<string, unknown>> | undefined {
  if (relation.through === undefined) {
    const conditions = relation.foreignColumns.map((column, index) =>
      keyCondition(plan.table, relation.columns[index], column),
    );
    return allOf(conditions);
  }
  const { table: junction } = relation.through;
  const back = target.relations.find(
    (candidate) =>
      candidate.kind === 'many' && candidate.table === plan.table.id && candidate.through?.table === junction,
  );
  const filter = allOf(plan.table.primaryKey.map((column) => keyCondition(plan.table, column, column)));
  return back === undefined || filter === undefined ? undefined : { relation: back.name, match: 'some', filter };
}

type Condition = Readonly<Record<string, unknown>>;

function allOf(conditions: readonly (Condition | undefined)[]): Condition | undefined {
  const known = conditions.filter((condition) => condition !== undefined);
  if (known.length === 0 || known.length < conditions.length) return undefined;
  return known.length === 1 ? known[0] : { and: known };
}

/** That `column` equals a column of the row the screen shows, which must be of its key: only that is in the address. */
function keyCondition(table: TableDescription, own: string | undefined, column: string): Condition | undefined {
  const value = own === undefined ? undefined : keyPartBinding(table, own);
  return value === undefined ? undefined : { column, operator: 'equal', value };
}

function createScreen(plan: TablePlan, ids: IdMaker): readonly ScreenDraft[] {
  const { create, single } = plan;
  if (create === undefined) return [];
  const key = keyBinding(plan.table, 'event.row');
  const next =
    plan.detail === undefined || key === undefined ? navigate(ids, plan.list) : navigate(ids, plan.detail, { id: key });
  const form: Node = {
    type: 'core/form',
    name: 'form',
    settings: {
      ...formSettings(plan, 'create'),
      submitLabel: `Create ${single.toLowerCase()}`,
      savedText: `${single} created`,
    },
    events: { saved: [next] },
  };
  return [
    formScreen(
      plan,
      { id: create, name: `${plan.name}New`, title: `New ${single.toLowerCase()}`, route: `/${plan.slug}/new` },
      form,
    ),
  ];
}

function editScreen(plan: TablePlan, ids: IdMaker): readonly ScreenDraft[] {
  const { detail, edit, single } = plan;
  if (edit === undefined || detail === undefined) return [];
  const form: Node = {
    type: 'core/form',
    name: 'form',
    settings: {
      ...formSettings(plan, 'update'),
      recordKey: '{{ screen.params.id }}',
      submitLabel: 'Save changes',
      savedText: `${single} saved`,
    },
    events: { saved: [navigate(ids, detail, { id: '{{ screen.params.id }}' })] },
  };
  return [
    formScreen(
      plan,
      { id: edit, name: `${plan.name}Edit`, title: `Edit ${single.toLowerCase()}`, route: `/${plan.slug}/:id/edit` },
      form,
    ),
  ];
}

function formScreen(
  plan: TablePlan,
  screen: Pick<ScreenDraft, 'id' | 'name' | 'title' | 'route'>,
  form: Node,
): ScreenDraft {
  const isLong = (form.settings['fields'] as readonly unknown[]).length > 6;
  return {
    ...screen,
    width: isLong ? 'normal' : 'narrow',
    children: [pageHead({ text: screen.title, description: plan.title }, []), stack('formArea', [form])],
  };
}

function formSettings(plan: TablePlan, mode: 'create' | 'update'): Readonly<Record<string, unknown>> {
  const fields = fieldsOf(plan, formColumns(plan.schema, plan.table, mode));
  return { data: { kind: 'table', ...placeOf(plan) }, mode, fields, columns: fields.length > 6 ? 'two' : 'one' };
}

/** Form fields: a picker for links, a wide input for long texts, the column's own input otherwise. */
export function fieldsOf(
  plan: Pick<TablePlan, 'dataSource' | 'schema'>,
  columns: readonly ShownColumn[],
): readonly Readonly<Record<string, unknown>>[] {
  return columns.map((shown, index) => ({
    id: `field${index + 1}`,
    column: shown.column.name,
    label: shown.label,
    ...(shown.column.type === 'longText' || shown.column.type === 'json' ? { span: 'full' } : {}),
    ...pickerOf(plan, shown),
  }));
}

function pickerOf(
  plan: Pick<TablePlan, 'dataSource' | 'schema'>,
  { relation }: ShownColumn,
): Readonly<Record<string, unknown>> {
  const target = relation === undefined ? undefined : tableIn(plan.schema, relation.table);
  const keyColumn = relation?.foreignColumns[0];
  const labelColumn = target === undefined ? undefined : labelColumnOf(target);
  if (target === undefined || keyColumn === undefined || labelColumn === undefined) return {};
  return { input: 'relation', relation: { dataSource: plan.dataSource, table: target.id, keyColumn, labelColumn } };
}
