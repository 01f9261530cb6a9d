import type { Query } from '@fettle/definition';
import { navigate } from './actions.ts';
import { showColumn } from './columns.ts';
import type { IdMaker } from './ids.ts';
import { card, grid, pageHead, type Node, type ScreenDraft } from './node.ts';
import { tableNode } from './table-node.ts';
import type { TablePlan } from './table-plan.ts';

/** The queries behind the dashboard. */
export interface DashboardQueries {
  readonly overview: Query;
  readonly workload: Query;
}

const open = "status in ('Open', 'In progress', 'Waiting')";

/** Makes them: figures of the desk, and open tickets per person. */
export function dashboardQueries(dataSource: string, ids: IdMaker): DashboardQueries {
  const query = (name: string, description: string, sql: string, result: NonNullable<Query['result']>): Query => ({
    id: ids('qry'),
    name,
    description,
    dataSource,
    kind: 'sql',
    settings: { sql },
    parameters: [],
    mode: 'read',
    run: 'load',
    result,
  });
  return {
    overview: query(
      'overview',
      'The figures at the top of the dashboard.',
      `select
  (select count(*) from tickets where ${open}) as open_tickets,
  (select count(*) from tickets where ${open} and due_at < strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) as overdue_tickets,
  (select count(*) from tickets where resolved_at >= strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-7 days')) as resolved_this_week,
  (select round(avg(satisfaction), 1) from tickets where resolved_at >= strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-90 days')) as satisfaction`,
      [
        { name: 'open_tickets', type: 'integer' },
        { name: 'overdue_tickets', type: 'integer' },
        { name: 'resolved_this_week', type: 'integer' },
        { name: 'satisfaction', type: 'number' },
      ],
    ),
    workload: query(
      'workload',
      'Open tickets of each person of the service desk.',
      `select coalesce(people.full_name, 'Nobody yet') as person, count(*) as tickets
from tickets left join people on people.id = tickets.assignee_id
where ${open}
group by person
order by tickets desc
limit 10`,
      [
        { name: 'person', type: 'text' },
        { name: 'tickets', type: 'integer' },
      ],
    ),
  };
}

/** The first screen of the demo: how the desk is doing, and what is due next. */
export function demoDashboard(options: {
  readonly plan: TablePlan;
  readonly queries: DashboardQueries;
  readonly id: string;
  readonly ids: IdMaker;
}): ScreenDraft {
  const { plan, queries, id, ids } = options;
  const place = { dataSource: plan.dataSource, table: plan.table.id };
  return {
    id,
    name: 'dashboard',
    title: 'Dashboard',
    route: '/dashboard',
    icon: 'layout-dashboard',
    width: 'full',
    children: [
      pageHead(
        { text: 'Service desk', description: 'How the desk is doing, and what is due next.' },
        newTicketButton(plan, ids),
      ),
      grid('figures', figures(), { gap: 'medium' }),
      grid('charts', charts(place, queries), { gap: 'medium' }),
      dueNext(plan, ids),
    ],
  };
}

function newTicketButton(plan: TablePlan, ids: IdMaker): readonly Node[] {
  if (plan.create === undefined) return [];
  return [
    {
      type: 'core/button',
      name: 'newTicket',
      settings: { text: 'New ticket', icon: 'plus' },
      events: { click: [navigate(ids, plan.create)] },
    },
  ];
}

function figures(): readonly Node[] {
  const figure = (name: string, label: string, column: string, settings: Readonly<Record<string, unknown>>): Node => ({
    type: 'core/stat',
    name,
    settings: { label, value: `{{ queries.overview.data?.[0]?.${column} }}`, ...settings },
    layout: { span: { base: 6, lg: 3 } },
  });
  return [
    figure('openTickets', 'Open tickets', 'open_tickets', { icon: 'ticket', help: 'Open, in progress or waiting' }),
    figure('overdueTickets', 'Past due', 'overdue_tickets', { icon: 'alarm', help: 'Later than promised' }),
    figure('resolvedTickets', 'Resolved', 'resolved_this_week', {
      icon: 'circle-check',
      help: 'In the last seven days',
    }),
    figure('satisfaction', 'Satisfaction', 'satisfaction', {
      icon: 'mood-happy',
      decimals: 1,
      help: 'Of 5, in the last 90 days',
    }),
  ];
}

const openTickets = { column: 'status', operator: 'oneOf', value: ['Open', 'In progress', 'Waiting'] } as const;

function charts(
  place: { readonly dataSource: string; readonly table: string },
  queries: DashboardQueries,
): readonly Node[] {
  const chart = (
    name: string,
    type: string,
    settings: Readonly<Record<string, unknown>>,
    look: { readonly title: string; readonly lg: number },
  ): Node =>
    card(`${name}Card`, look.title, [{ type, name, settings: { height: 240, ...settings } }], {
      span: { base: 12, lg: look.lg },
    });
  return [
    chart(
      'volume',
      'core/bar-chart',
      {
        data: { kind: 'table', ...place },
        category: 'created_at',
        bucket: 'month',
        splitBy: 'category',
        stacked: true,
        measures: [{ function: 'count', label: 'Tickets' }],
        limit: 200,
      },
      { title: 'Tickets per month', lg: 8 },
    ),
    chart(
      'priorities',
      'core/pie-chart',
      {
        data: { kind: 'table', ...place, filter: openTickets },
        category: 'priority',
        measures: [{ function: 'count', label: 'Tickets' }],
      },
      { title: 'Open by priority', lg: 4 },
    ),
    chart(
      'workload',
      'core/bar-chart',
      {
        data: { kind: 'query', query: queries.workload.id },
        category: 'person',
        measures: [{ function: 'sum', column: 'tickets', label: 'Tickets' }],
        sort: 'valueDescending',
        horizontal: true,
      },
      { title: 'Open tickets by person', lg: 6 },
    ),
    chart(
      'satisfactionTrend',
      'core/line-chart',
      {
        data: { kind: 'table', ...place, filter: { column: 'satisfaction', operator: 'notEmpty' } },
        category: 'resolved_at',
        bucket: 'month',
        measures: [{ function: 'average', column: 'satisfaction', label: 'Average' }],
        decimals: 1,
      },
      { title: 'Satisfaction by month', lg: 6 },
    ),
  ];
}

function dueNext(plan: TablePlan, ids: IdMaker): Node {
  const columns = ['subject', 'priority', 'status', 'requester_id', 'assignee_id', 'due_at'].flatMap((name) => {
    const column = plan.table.columns.find((candidate) => candidate.name === name);
    return column === undefined ? [] : [showColumn(plan.schema, plan.table, column)];
  });
  return tableNode({
    name: 'dueNext',
    data: {
      dataSource: plan.dataSource,
      table: plan.table.id,
      filter: openTickets,
      sort: [{ column: 'due_at', direction: 'ascending' }],
    },
    columns,
    settings: {
      title: 'Due next',
      pageSize: 8,
      searchable: false,
      filterable: false,
      allowExport: false,
      emptyText: 'Nothing is open',
    },
    ...(plan.detail === undefined ? {} : { onRowClick: [navigate(ids, plan.detail, { id: '{{ event.row.id }}' })] }),
  });
}
