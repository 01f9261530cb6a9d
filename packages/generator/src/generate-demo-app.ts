import type { App, NavigationItem, Query, Screen } from '@fettle/definition';
import type { SchemaDescription } from '@fettle/sdk';
import { bug } from '@fettle/base';
import { demoDashboard, dashboardQueries } from './demo-dashboard.ts';
import { ticketDetail, ticketList } from './demo-tickets.ts';
import { randomIds, type IdMaker } from './ids.ts';
import { finishScreen, type ScreenDraft } from './node.ts';
import { planTables, type TablePlan } from './table-plan.ts';
import { tableScreens } from './table-screens.ts';

/** What the demo's app is made from. */
export interface GenerateDemoAppOptions {
  readonly name: string;
  /** Id of the demo data source. */
  readonly dataSource: string;
  readonly schema: SchemaDescription;
  readonly ids?: IdMaker;
}

const tables = ['tickets', 'assets', 'changes', 'people'] as const;
const navigation = [
  ['tickets', 'Tickets', 'ticket'],
  ['assets', 'Assets', 'device-laptop'],
  ['changes', 'Changes', 'arrows-exchange'],
  ['people', 'People', 'users'],
] as const;

/** A finished IT desk on the demo data: a dashboard, tickets with their conversation, assets, changes and people. */
export function generateDemoApp(options: GenerateDemoAppOptions): App {
  const ids = options.ids ?? randomIds;
  const plans = planTables({ ...options, tables, ids });
  const tickets = plans.get('tickets');
  if (tickets === undefined) throw bug('The demo data has no tickets.');
  const queries = dashboardQueries(options.dataSource, ids);
  const dashboard = demoDashboard({ plan: tickets, queries, id: ids('scr'), ids });
  const drafts = [dashboard, ...[...plans.values()].flatMap((plan) => screensOf(plan, plans, ids))];
  const items: NavigationItem[] = [
    { id: ids('nav'), label: 'Dashboard', icon: 'layout-dashboard', screen: dashboard.id },
    ...navigation.flatMap(([table, label, icon]) => {
      const plan = plans.get(table);
      return plan === undefined ? [] : [{ id: ids('nav'), label, icon, screen: plan.list }];
    }),
  ];
  return {
    app: {
      name: options.name,
      icon: 'headset',
      description: 'Tickets, equipment, changes and people of an IT department, on demo data.',
      home: dashboard.id,
      navigation: { style: 'side', items },
    },
    screens: Object.fromEntries(drafts.map((draft): [string, Screen] => [draft.id, finishScreen(draft, ids)])),
    queries: Object.fromEntries(Object.values(queries).map((query): [string, Query] => [query.id, query])),
    flows: {},
    flowTests: {},
    access: { roles: [], defaultScreen: { roles: ['basic'] }, memberRole: 'basic', allowVisitors: false },
    theme: { primary: '#3b5bdb', neutral: 'cool', radius: 'medium', density: 'cosy' },
  };
}

/** The generated screens of a table; tickets get a list and a detail screen of their own. */
function screensOf(plan: TablePlan, plans: ReadonlyMap<string, TablePlan>, ids: IdMaker): readonly ScreenDraft[] {
  const generated = tableScreens(plan, plans, ids);
  if (plan.table.id !== 'tickets') return generated;
  return generated.map((screen) =>
    screen.id === plan.list
      ? ticketList(plan, ids)
      : screen.id === plan.detail
        ? ticketDetail(plan, plans, ids)
        : screen,
  );
}
