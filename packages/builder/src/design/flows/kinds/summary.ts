import { isJsonObject, labelFromName } from '@fettle/base';
import type { App, FlowStep } from '@fettle/definition';
import type { FlowActionManifest, FlowTriggerManifest } from '@fettle/sdk';
import { listSettings } from '../../../fields/setting-list.ts';
import { kindOf } from './step-kinds.ts';

/** What a card says below the name of a step. */
export function summaryOf(
  step: FlowStep,
  app: Pick<App, 'flows' | 'queries'>,
  action: FlowActionManifest | undefined,
): string {
  switch (step.kind) {
    case 'action':
      return joined(action?.title ?? step.type, settingText(step.settings, action, app), step.name);
    case 'branch':
      return step.branches.length > 1 ? 'The first condition that holds' : 'One way or the other';
    case 'switch':
      return plain(step.value) || 'Compares a value';
    case 'forEach':
      return step.rows === undefined ? plain(step.items ?? '') || 'A list' : `Rows of ${tableName(step.rows.table)}`;
    case 'while':
      return plain(step.condition) || 'As long as a condition holds';
    case 'parallel':
      return step.join === 'first' ? 'Goes on when the first is done' : 'Goes on when all are done';
    case 'try':
      return step.catch === undefined ? 'A failure goes on to the outside' : 'Catches failures';
    case 'wait':
      return waitText(step.for);
    case 'subFlow':
      return joined(
        step.mode === 'call' ? 'Waits for' : 'Starts',
        app.flows[step.flow]?.name ?? 'a flow that is gone',
        '',
      );
    case 'setVariables':
      return Object.keys(step.values).join(', ') || 'No values yet';
    case 'stop':
      return joined(step.outcome === 'success' ? 'As a success' : 'As a failure', plain(step.message ?? ''), '');
    case 'return':
      return plain(step.value) || 'Nothing';
    default:
      return '';
  }
}

/** What the trigger's card says below its title. */
export function triggerSummary(
  settings: Readonly<Record<string, unknown>>,
  trigger: FlowTriggerManifest | undefined,
  app: Pick<App, 'flows' | 'queries'>,
): string {
  return settingText(settings, trigger, app) || (trigger?.description ?? '');
}

/** The name of a step as people read it. */
export function titleOf(step: FlowStep): string {
  return labelFromName(step.name);
}

/** What sort of step it is, in words. */
export function typeTitle(step: FlowStep, action: FlowActionManifest | undefined): string {
  return step.kind === 'action' ? (action?.title ?? step.type) : (kindOf(step)?.title ?? step.kind);
}

function waitText(wait: Extract<FlowStep, { kind: 'wait' }>['for']): string {
  switch (wait.kind) {
    case 'duration':
      return `For ${plain(wait.duration) || 'some time'}`;
    case 'until':
      return `Until ${plain(wait.time) || 'a time'}`;
    case 'callback':
      return 'Until another system calls back';
    default:
      return joined(plain(wait.title), wait.assignees.map(plain).join(', '), '') || 'Nobody is asked yet';
  }
}

/** The setting that the manifest names as its summary, else the first that says something. */
function settingText(
  settings: Readonly<Record<string, unknown>>,
  manifest: FlowActionManifest | FlowTriggerManifest | undefined,
  app: Pick<App, 'flows' | 'queries'>,
): string {
  const items = listSettings(manifest?.settings ?? {});
  const own = items.filter(({ name }) => name === manifest?.summary);
  for (const item of own.length > 0 ? own : items.slice(0, 2)) {
    const value = settings[item.name];
    const text =
      typeof value === 'string' ? (app.queries[value]?.name ?? app.flows[value]?.name ?? plain(value)) : plain(value);
    if (text !== '') return text;
  }
  return '';
}

/** A value on one line, its sole binding without braces. */
function plain(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') {
    const text = value.replace(/\s+/g, ' ').trim();
    const sole = /^\{\{([^{}]*)\}\}$/.exec(text)?.[1];
    return (sole ?? text).trim();
  }
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return value.every((item) => typeof item === 'string') ? value.map(plain).join(', ') : '';
  if (!isJsonObject(value)) return '';
  return typeof value['table'] === 'string' ? tableName(value['table']) : '';
}

function tableName(table: string): string {
  return table.split('.').at(-1) ?? table;
}

/** Two parts, and only one when the first says no more than the name above it. */
function joined(first: string, second: string, name: string): string {
  const isSaid = name !== '' && labelFromName(name).toLowerCase().replace(/\d+$/, '').trim() === first.toLowerCase();
  if (second === '') return isSaid ? '' : first;
  return isSaid || first === '' ? second : `${first} · ${second}`;
}
