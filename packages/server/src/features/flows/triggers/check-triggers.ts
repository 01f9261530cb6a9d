import { filterColumns, parseFilter } from '@fettle/access';
import { isJsonObject } from '@fettle/base';
import type { App, AppProblem, ExtensionCatalog, ExtensionDescription, Flow } from '@fettle/definition';
import { startKeyProblem } from '@fettle/flow';
import { readWebhookSettings } from '../webhooks/webhook-settings.ts';
import { rowChanged } from './trigger-types.ts';

interface Complaint {
  readonly path: string;
  readonly message: string;
}

/** Triggers that could never start their flow, or with what nobody meant. */
export function checkTriggers(app: App, catalog: ExtensionCatalog): readonly AppProblem[] {
  const paths = new Map<string, string>();
  return Object.values(app.flows).flatMap((flow) => {
    if (flow.disabled === true) return [];
    const found = [...complaintsOf(flow), ...hookComplaints(flow, paths), ...sourceComplaints(flow, catalog)];
    return found.map(({ path, message }): AppProblem => ({
      severity: 'error',
      code: 'trigger.unreadable',
      path: `/flows/${flow.id}/trigger/settings${path}`,
      message: `${flow.name}: ${message}`,
      hint: "Correct the trigger's settings.",
      flow: flow.id,
    }));
  });
}

function complaintsOf({ trigger: { type, settings } }: Flow): readonly Complaint[] {
  return type === rowChanged
    ? [...tableOf(settings), ...filterOf(settings, 'filter'), ...filterOf(settings, 'before')]
    : [];
}

interface SettingFacts {
  readonly title?: string;
  readonly ui?: { readonly editor?: string };
}

/** Of a trigger that the server keeps at work: what it cannot work without, and what it has no names for. */
function sourceComplaints({ trigger: { type, settings } }: Flow, catalog: ExtensionCatalog): readonly Complaint[] {
  const description = catalog.flowTrigger?.(type);
  if (description?.keeps === undefined) return [];
  const facts = settingsOf(description);
  const missing = description.keeps.needed
    .filter((name) => isNothing(settings[name]))
    .map((name) => ({ path: `/${name}`, message: `The trigger needs "${facts[name]?.title ?? name}".` }));
  const filters = Object.keys(facts).filter((name) => facts[name]?.ui?.editor === 'filter');
  return [...missing, ...filters.flatMap((name) => filterOf(settings, name))];
}

function settingsOf({ settings }: ExtensionDescription): Readonly<Record<string, SettingFacts>> {
  return (settings as { readonly properties?: Readonly<Record<string, SettingFacts>> }).properties ?? {};
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

/** `paths`: those of the flows before, with their names. */
function hookComplaints(flow: Flow, paths: Map<string, string>): readonly Complaint[] {
  const hook = readWebhookSettings(flow);
  if (hook === undefined) return [];
  const complaints: Complaint[] = [];
  const other = paths.get(hook.path);
  if (other === undefined) paths.set(hook.path, flow.name);
  else complaints.push({ path: '/path', message: `The webhook has the same path as that of "${other}".` });
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(hook.path))
    complaints.push({ path: '/path', message: 'A path has letters, digits, hyphens and underscores only.' });
  if (hook.auth.kind !== 'none' && hook.secrets.length === 0)
    complaints.push({ path: '/secret', message: 'The webhook checks its sender by a secret, and names none.' });
  const problem = hook.deliveryKey === undefined ? undefined : startKeyProblem(hook.deliveryKey);
  if (problem !== undefined)
    complaints.push({ path: '/deliveryKey', message: `The id of the delivery cannot be read. ${problem}` });
  return complaints;
}

function tableOf({ data }: Readonly<Record<string, unknown>>): readonly Complaint[] {
  const isChosen = isJsonObject(data) && typeof data['dataSource'] === 'string' && typeof data['table'] === 'string';
  return isChosen ? [] : [{ path: '/data', message: 'The trigger names no table.' }];
}

function filterOf(settings: Readonly<Record<string, unknown>>, name: string): readonly Complaint[] {
  const value = settings[name];
  if (value === undefined || value === null) return [];
  const parsed = parseFilter(value);
  if (!parsed.ok) return parsed.error.map(({ path, message }) => ({ path: `/${name}${path}`, message }));
  // Nothing has started yet that an expression could speak of.
  if (JSON.stringify(value).includes('{{'))
    return [{ path: `/${name}`, message: 'A filter of a trigger compares with fixed values only.' }];
  // Only the changed row itself is at hand when it changes.
  if (
    filterColumns(parsed.value).some((column) => column.includes('.')) ||
    JSON.stringify(value).includes('"relation":')
  )
    return [{ path: `/${name}`, message: "A filter of a trigger compares the row's own columns, not related rows." }];
  return [];
}
