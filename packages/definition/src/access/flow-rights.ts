import type { App } from '../app.ts';
import type { AccessPlan } from '../compiled.ts';
import { tableReference } from '../kinds/data-setting.ts';
import { nestedSteps, type FlowStep } from '../kinds/flow-step.ts';
import type { Flow } from '../kinds/flow.ts';
import type { ExtensionCatalog } from '../uses.ts';
import { usesOfSettings, type UsedTable, type Uses } from './extension-use.ts';
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
  if (step.kind === 'action') return usesOfSettings(step.settings, catalog.flowAction?.(step.type));
  if (step.kind === 'subFlow') return { queries: [], flows: [step.flow], tables: [], backups: [] };
  if (step.kind === 'forEach' && step.rows !== undefined) {
    const { dataSource, table } = step.rows;
    const use: UsedTable = {
      reference: tableReference(dataSource, table),
      verbs: ['view'],
      columns: 'all',
      written: [],
    };
    return { queries: [], flows: [], tables: [use], backups: [] };
  }
  return { queries: [], flows: [], tables: [], backups: [] };
}
