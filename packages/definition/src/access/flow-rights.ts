import type { App } from '../app.ts';
import type { AccessPlan } from '../compiled.ts';
import { tableReference } from '../kinds/data-setting.ts';
import { nestedSteps, type FlowStep } from '../kinds/flow-step.ts';
import type { Flow } from '../kinds/flow.ts';
import type { ExtensionCatalog } from '../uses.ts';
import {
  columnsRead,
  throughRelations,
  readColumns,
  usesOfSettings,
  type UsedTable,
  type Uses,
} from './extension-use.ts';
import { tableRights } from './table-rights.ts';

/**
 * What a flow may do, deny by default: what its steps declare in `uses`, and nothing else. Of its trigger the tables
 * count, as what starts it brings their rows. Whoever starts it adds nothing and takes nothing away. Disabled steps count for nothing.
 */
export function flowRights(app: App, flow: Flow, catalog: ExtensionCatalog): AccessPlan {
  const uses = flow.steps.flatMap((step) => usesOfStep(step, catalog));
  const started = usesOfSettings(flow.trigger.settings, catalog.flowTrigger?.(flow.trigger.type));
  const { tables: _rules, ...access } = app.access;
  return {
    screens: [],
    queries: [...new Set(uses.flatMap(({ queries }) => queries))].filter((id) => Object.hasOwn(app.queries, id)),
    flows: [...new Set(uses.flatMap(({ flows }) => flows))].filter((id) => Object.hasOwn(app.flows, id)),
    backups: [...new Set(uses.flatMap(({ backups }) => backups))],
    // The app's rules for tables speak of the roles of people; a flow has none.
    tables: tableRights(
      access,
      new Set(),
      [started, ...uses].flatMap<UsedTable>(({ tables }) => tables),
    ),
  };
}

function usesOfStep(step: FlowStep, catalog: ExtensionCatalog): readonly Uses[] {
  if (step.disabled === true) return [];
  const inner = nestedSteps(step as unknown as Readonly<Record<string, unknown>>).flatMap(({ steps }) =>
    (steps as readonly FlowStep[]).flatMap((nested) => usesOfStep(nested, catalog)),
  );
  return [ownUses(step, catalog), ...inner];
}

function ownUses(step: FlowStep, catalog: ExtensionCatalog): Uses {
  if (step.kind === 'action') {
    const uses = usesOfSettings(step.settings, catalog.flowAction?.(step.type));
    return { ...uses, tables: uses.tables.map((use) => withChosenColumns(use, step.settings)) };
  }
  if (step.kind === 'subFlow') return { queries: [], flows: [step.flow], tables: [], backups: [] };
  if (step.kind === 'forEach' && step.rows !== undefined) {
    const { dataSource, table, columns = [], filter, sort = [] } = step.rows;
    const named = [...columns, ...sort.map(({ column }) => column), ...columnsRead(filter)];
    const use: UsedTable = {
      reference: tableReference(dataSource, table),
      verbs: ['view'],
      columns: 'all',
      related: throughRelations(named),
      written: [],
    };
    return { queries: [], flows: [], tables: [withChosenColumns(use, step.rows)], backups: [] };
  }
  return { queries: [], flows: [], tables: [], backups: [] };
}

/**
 * A step that reads chosen columns uses these and what its filter and sort read. Paths through relations among them open
 * these columns of the related rows, as they do for components.
 */
function withChosenColumns(use: UsedTable, reading: object): UsedTable {
  const { columns } = reading as { readonly columns?: unknown };
  const isReading = use.columns === 'all' && use.verbs.every((verb) => verb === 'view');
  if (!isReading || !Array.isArray(columns) || columns.length === 0) return use;
  if (!columns.every((column) => typeof column === 'string' && !column.includes('{{'))) return use;
  return {
    ...use,
    columns: [...new Set([...(columns as string[]), ...readColumns(reading as Record<string, unknown>)])],
  };
}
