import { navigate, refreshAll, showMessage, updateRow } from './actions.ts';
import { showColumn, type ShownColumn } from './columns.ts';
import type { IdMaker } from './ids.ts';
import { card, grid, pageHead, stack, type Node, type ScreenDraft } from './node.ts';
import { tableNode } from './table-node.ts';
import type { TablePlan } from './table-plan.ts';

const ticket = '{{ screen.params.id }}';

function shown(plan: TablePlan, names: readonly string[]): readonly ShownColumn[] {
  return names.flatMap((name) => {
    const column = plan.table.columns.find((candidate) => candidate.name === name);
    return column === undefined ? [] : [showColumn(plan.schema, plan.table, column)];
  });
}

/** All tickets: newest first, with state and priority at a glance. */
export function ticketList(plan: TablePlan, ids: IdMaker): ScreenDraft {
  const newTicket: readonly Node[] =
    plan.create === undefined
      ? []
      : [
          {
            type: 'core/button',
            name: 'newTicket',
            settings: { text: 'New ticket', icon: 'plus' },
            events: { click: [navigate(ids, plan.create)] },
          },
        ];
  return {
    id: plan.list,
    name: plan.name,
    title: 'Tickets',
    route: `/${plan.slug}`,
    icon: 'ticket',
    width: 'full',
    children: [
      pageHead({ text: 'Tickets' }, newTicket),
      tableNode({
        name: 'tickets',
        data: {
          dataSource: plan.dataSource,
          table: plan.table.id,
          sort: [{ column: 'created_at', direction: 'descending' }],
        },
        columns: shown(plan, ['id', 'subject', 'priority', 'status', 'requester_id', 'assignee_id', 'created_at']),
        settings: { pageSize: 25, phoneColumns: ['subject', 'priority', 'status'], emptyText: 'No tickets yet' },
        ...(plan.detail === undefined
          ? {}
          : { onRowClick: [navigate(ids, plan.detail, { id: '{{ event.row.id }}' })] }),
      }),
    ],
  };
}

/** One ticket: what it is about, what was said, and the facts beside it. */
export function ticketDetail(plan: TablePlan, plans: ReadonlyMap<string, TablePlan>, ids: IdMaker): ScreenDraft {
  const main = stack(
    'main',
    [descriptionCard(), conversation(plan, plans, ids)],
    { gap: 'medium' },
    { span: { base: 12, lg: 8 } },
  );
  const side = stack(
    'side',
    [card('factsCard', 'Details', [facts(plan)])],
    { gap: 'medium' },
    { span: { base: 12, lg: 4 } },
  );
  return {
    id: plan.detail ?? ids('scr'),
    name: `${plan.name}Detail`,
    title: 'Ticket',
    route: `/${plan.slug}/:id`,
    width: 'full',
    children: [
      pageHead(
        { text: "{{ components.facts.row?.subject ?? 'Ticket' }}", description: 'Ticket {{ screen.params.id }}' },
        actions(plan, ids),
      ),
      grid('body', [main, side], { gap: 'medium', align: 'start' }),
    ],
  };
}

function actions(plan: TablePlan, ids: IdMaker): readonly Node[] {
  const isOpen = "{{ components.facts.row?.status != 'Resolved' && components.facts.row?.status != 'Closed' }}";
  const resolve = updateRow(
    ids,
    {
      dataSource: plan.dataSource,
      table: plan.table.id,
      key: ticket,
      values: { status: 'Resolved', resolved_at: '{{ now() }}' },
    },
    [showMessage(ids, 'Ticket resolved'), refreshAll(ids)],
  );
  const buttons: Node[] = [
    {
      type: 'core/button',
      name: 'resolve',
      settings: { text: 'Resolve', icon: 'check' },
      events: { click: [resolve] },
      visible: isOpen,
    },
  ];
  if (plan.edit !== undefined) {
    buttons.push({
      type: 'core/button',
      name: 'edit',
      settings: { text: 'Edit', icon: 'pencil', look: 'outline', tone: 'neutral' },
      events: { click: [navigate(ids, plan.edit, { id: ticket })] },
    });
  }
  return buttons;
}

function descriptionCard(): Node {
  return card('descriptionCard', 'What happened', [
    {
      type: 'core/text',
      name: 'description',
      settings: { text: "{{ components.facts.row?.description ?? 'No description' }}" },
    },
  ]);
}

function facts(plan: TablePlan): Node {
  const columns = shown(plan, [
    'status',
    'priority',
    'category',
    'requester_id',
    'assignee_id',
    'asset_id',
    'created_at',
    'due_at',
    'resolved_at',
    'satisfaction',
  ]);
  return {
    type: 'core/key-value',
    name: 'facts',
    settings: {
      source: 'row',
      data: {
        kind: 'table',
        dataSource: plan.dataSource,
        table: plan.table.id,
        filter: { column: 'id', operator: 'equal', value: ticket },
      },
      // The subject and the description stand elsewhere on the screen and are read from this row.
      columns: [...columns.map(({ path }) => path), 'subject', 'description'],
      emptyText: 'This ticket is not there',
      hideEmpty: true,
    },
  };
}

function conversation(plan: TablePlan, plans: ReadonlyMap<string, TablePlan>, ids: IdMaker): Node {
  const people = plans.get('people');
  const comments = plan.schema.tables.find((table) => table.id === 'ticket_comments');
  const author = comments?.columns.find((column) => column.name === 'author_id');
  const authorPath =
    comments === undefined || author === undefined ? 'author_id' : showColumn(plan.schema, comments, author).path;
  const place = { dataSource: plan.dataSource, table: 'ticket_comments' };
  const said: Node = {
    type: 'core/timeline',
    name: 'comments',
    settings: {
      data: {
        kind: 'table',
        ...place,
        filter: { column: 'ticket_id', operator: 'equal', value: ticket },
        sort: [{ column: 'created_at', direction: 'ascending' }],
      },
      columns: ['body', 'is_internal', 'created_at', authorPath],
      itemTitle: `{{ item.${authorPath.replace('.', '?.')} }}`,
      itemText: '{{ item.body }}',
      itemTime: '{{ item.created_at }}',
      itemIcon: "{{ item.is_internal ? 'lock' : 'message' }}",
      pageSize: 50,
      emptyText: 'Nobody has answered yet',
    },
  };
  const picker =
    people === undefined
      ? {}
      : {
          input: 'relation',
          relation: { dataSource: plan.dataSource, table: 'people', keyColumn: 'id', labelColumn: 'full_name' },
        };
  const answer: Node = {
    type: 'core/form',
    name: 'answer',
    settings: {
      data: { kind: 'table', ...place },
      mode: 'create',
      fields: [
        { id: 'body', column: 'body', label: 'Comment', span: 'full', required: true },
        { id: 'author', column: 'author_id', label: 'From', ...picker },
        { id: 'internal', column: 'is_internal', label: 'For the desk only' },
        { id: 'ticket', column: 'ticket_id', visible: false, defaultValue: ticket },
      ],
      columns: 'two',
      submitLabel: 'Add comment',
      savedText: 'Comment added',
    },
    events: { saved: [refreshAll(ids)] },
  };
  return card('conversationCard', 'Conversation', [said, answer]);
}
