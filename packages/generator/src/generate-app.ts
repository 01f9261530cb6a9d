import type { App, NavigationItem, Screen } from '@fettle/definition';
import type { SchemaDescription } from '@fettle/sdk';
import { randomIds, type IdMaker } from './ids.ts';
import { finishScreen } from './node.ts';
import { planTables } from './table-plan.ts';
import { tableScreens } from './table-screens.ts';
import { iconFor } from './words.ts';

/** What an app is made from. */
export interface GenerateAppOptions {
  readonly name: string;
  /** Id of the data source. */
  readonly dataSource: string;
  readonly schema: SchemaDescription;
  /** Ids of the tables, in the order of the navigation. */
  readonly tables: readonly string[];
  readonly ids?: IdMaker;
}

/**
 * An app out of tables: for each a list, and where rows have a key a screen of its own per row, with what belongs to
 * it, and screens to create and edit. Views and tables that cannot be written get no buttons that would fail.
 */
export function generateApp(options: GenerateAppOptions): App {
  const ids = options.ids ?? randomIds;
  const plans = planTables({ ...options, ids });
  const screens: Record<string, Screen> = {};
  const items: NavigationItem[] = [];
  for (const plan of plans.values()) {
    for (const draft of tableScreens(plan, plans, ids)) screens[draft.id] = finishScreen(draft, ids);
    items.push({ id: ids('nav'), label: plan.title.slice(0, 100), icon: iconFor(plan.table.name), screen: plan.list });
  }
  const [first] = plans.values();
  return {
    app: {
      name: options.name,
      icon: first === undefined ? 'table' : iconFor(first.table.name),
      ...(first === undefined ? {} : { home: first.list }),
      navigation: { style: items.length > 4 ? 'side' : 'top', items },
    },
    screens,
    queries: {},
    flows: {},
    flowTests: {},
    access: { roles: [], defaultScreen: { roles: ['basic'] }, memberRole: 'basic', allowVisitors: false },
    theme: {},
  };
}
