import { checkTemplate, parseTemplate, type KnownNames, type Template } from '@fettle/expression';
import { isJsonObject } from '@fettle/base';
import type { App } from '../app.ts';
import { allSteps, flowKnownNames, stepScopes, type FlowScopes } from '../flow/step-scopes.ts';
import type { Flow } from '../kinds/flow.ts';
import { nestedSteps, type FlowStep } from '../kinds/flow-step.ts';
import type { Place } from '../references/reference.ts';
import type { ExtensionCatalog, ExtensionDescription } from '../uses.ts';
import { walkTexts } from '../walk-settings.ts';
import type { AppProblem } from './app-problem.ts';
import { flowFilterProblems } from './flow-filters.ts';
import { settingProblems } from './setting-problems.ts';

/** Problems of all flows: types, settings, what is not filled in, bindings, steps that are never reached. */
export function flowProblems(app: App, options: { readonly catalog: ExtensionCatalog }): readonly AppProblem[] {
  return Object.values(app.flows).flatMap((flow) => checkFlow(flow, options.catalog));
}

/** Problems of one flow. */
export function checkFlow(flow: Flow, catalog: ExtensionCatalog): readonly AppProblem[] {
  const check: FlowCheck = { flow, catalog, scopes: stepScopes(flow), problems: [] };
  const place = { flow: flow.id, path: `/flows/${flow.id}/trigger` };
  if (catalog.flowTrigger !== undefined) {
    const trigger = catalog.flowTrigger(flow.trigger.type);
    if (trigger === undefined) reportMissingType(check, 'trigger', flow.trigger.type, place);
    else reportSettings(check, flow.trigger.settings, trigger, place);
  }
  checkList(check, flow.steps, `/flows/${flow.id}/steps`);
  return check.problems;
}

interface FlowCheck {
  readonly flow: Flow;
  readonly catalog: ExtensionCatalog;
  readonly scopes: FlowScopes;
  readonly problems: AppProblem[];
}

function checkList(check: FlowCheck, steps: readonly FlowStep[], path: string): void {
  let ending: FlowStep | undefined;
  steps.forEach((step, index) => {
    const place = { flow: check.flow.id, step: step.id, path: `${path}/${index}` };
    // A disabled step is left out of the run, and so is whatever is wrong with it.
    if (step.disabled === true) return;
    if (ending !== undefined) {
      report(check, place, {
        severity: 'warning',
        code: 'flow.unreachable',
        message: `"${step.name}" never runs: "${ending.name}" ends the run before it.`,
        hint: 'Move it up, or delete it.',
      });
      ending = undefined;
    }
    if (step.kind === 'stop' || step.kind === 'return') ending = step;
    checkStep(check, step, place);
    for (const nested of nestedSteps(step as unknown as Readonly<Record<string, unknown>>)) {
      checkList(check, nested.steps as readonly FlowStep[], `${place.path}${nested.path}`);
    }
  });
}

function checkStep(check: FlowCheck, step: FlowStep, place: Place): void {
  if (step.kind === 'action' && check.catalog.flowAction !== undefined) {
    const action = check.catalog.flowAction(step.type);
    if (action === undefined) reportMissingType(check, 'action', step.type, place);
    else reportSettings(check, step.settings, action, place);
  }
  if (step.kind === 'action') reportFilters(check, step.settings, { ...place, path: `${place.path}/settings` });
  if (step.kind === 'forEach') reportFilters(check, step.rows, { ...place, path: `${place.path}/rows` });
  for (const { path, message, hint } of gapsOf(step)) {
    const problem = { severity: 'error', code: 'flow.missing', message, hint } as const;
    report(check, { ...place, path: `${place.path}/${path}` }, problem);
  }
  checkBindings(check, step, place);
}

function reportFilters(check: FlowCheck, settings: unknown, place: Place): void {
  for (const { path, message } of flowFilterProblems(settings, place.path)) {
    const hint = 'Open the filter and correct it there.';
    report(check, { ...place, path }, { severity: 'error', code: 'filter.invalid', message, hint });
  }
}

interface Gap {
  readonly path: string;
  readonly message: string;
  readonly hint: string;
}

/** What a step cannot run without and has not been given. */
function gapsOf(step: FlowStep): readonly Gap[] {
  const gap = (path: string, value: unknown, message: string, hint: string): readonly Gap[] =>
    typeof value === 'string' && isBlank(value) ? [{ path, message, hint }] : [];
  switch (step.kind) {
    case 'branch':
      return step.branches.flatMap(({ condition, name }, index) =>
        gap(
          `branches/${index}/condition`,
          condition,
          `The branch ${name === undefined || name === '' ? index + 1 : `"${name}"`} of "${step.name}" has no condition.`,
          'Write when it is taken, such as {{ trigger.amount > 100 }}.',
        ),
      );
    case 'switch':
      return gap('value', step.value, `"${step.name}" has no value to compare.`, 'Write what decides, with a binding.');
    case 'forEach':
      return gap('items', step.items, `"${step.name}" has no list to go over.`, 'Choose a list from an earlier step.');
    case 'while':
      return gap('condition', step.condition, `"${step.name}" has no condition.`, 'Write when it goes on.');
    case 'wait':
      return waitGaps(step, gap);
    default:
      return [];
  }
}

function waitGaps(
  { name, for: wait }: Extract<FlowStep, { kind: 'wait' }>,
  gap: (path: string, value: unknown, message: string, hint: string) => readonly Gap[],
): readonly Gap[] {
  switch (wait.kind) {
    case 'duration':
      return gap('for/duration', wait.duration, `"${name}" does not say how long it waits.`, 'Write 15m, 2h or 3d.');
    case 'until':
      return gap('for/time', wait.time, `"${name}" does not say until when it waits.`, 'Write or bind a time.');
    case 'approval':
      return [
        ...gap('for/title', wait.title, `"${name}" asks nothing.`, 'Write what is to be decided.'),
        ...(wait.assignees.every(isBlank)
          ? [{ path: 'for/assignees', message: `"${name}" asks nobody.`, hint: 'Name people, roles or addresses.' }]
          : []),
        ...((wait.escalations ?? []).length > 0 && isBlank(wait.deadline ?? '')
          ? [
              {
                path: 'for/escalations',
                message: `"${name}" asks others at its deadline, and has none.`,
                hint: 'Say within which time it is to be answered.',
              },
            ]
          : []),
        ...(wait.escalations ?? []).flatMap(({ to }, level) =>
          to.every(isBlank)
            ? [
                {
                  path: `for/escalations/${level}/to`,
                  message: `Level ${level + 1} of "${name}" asks nobody.`,
                  hint: 'Name people, roles or addresses, or take the level out.',
                },
              ]
            : [],
        ),
      ];
    default:
      return [];
  }
}

function isBlank(text: string): boolean {
  return /^\s*(\{\{\s*\}\})?\s*$/.test(text);
}

const listKeys: ReadonlySet<string> = new Set(['steps', 'catch', 'finally', 'otherwise']);

function checkBindings(check: FlowCheck, step: FlowStep, place: Place): void {
  const at = check.scopes.at.get(step.id);
  if (at === undefined) return;
  const names = flowKnownNames(check.flow, at);
  const after = check.scopes.afterTurn.get(step.id);
  const namesAfter = after === undefined ? names : flowKnownNames(check.flow, after);
  for (const { text, path, isExpression } of textsOf(step)) {
    if (isBlank(text)) continue;
    const isAfter = path === '/collect' || (step.kind === 'while' && path === '/condition');
    const source = isExpression && !text.includes('{{') ? `{{ ${text} }}` : text;
    if (!source.includes('{{')) continue;
    const template = parseTemplate(source);
    if (!template.ok) {
      const [problem] = template.error;
      if (problem !== undefined) {
        report(
          check,
          { ...place, path: `${place.path}${path}` },
          {
            severity: 'error',
            code: problem.code,
            message: problem.message,
            hint: problem.hint ?? 'Open the binding and correct it there.',
          },
        );
      }
      continue;
    }
    reportNames(check, template.value, isAfter ? namesAfter : names, { ...place, path: `${place.path}${path}` });
  }
}

interface StepText {
  readonly text: string;
  readonly path: string;
  /** Read as an expression also without braces. */
  readonly isExpression: boolean;
}

/** The texts of a step that can hold bindings, without those of the steps inside it. */
function textsOf(step: FlowStep): readonly StepText[] {
  const found: StepText[] = [];
  const add = (value: unknown, start: string): void =>
    walkTexts(value, start, (text, path) =>
      found.push({
        text,
        path,
        isExpression:
          /^\/(branches\/\d+\/condition|value|items|condition|collect)$/.test(path) && step.kind !== 'return',
      }),
    );
  const skipped: ReadonlySet<string> = new Set(['id', 'name', 'kind', 'type', 'description', 'flow', 'mode', 'as']);
  for (const [key, value] of Object.entries(step)) {
    if (skipped.has(key) || listKeys.has(key)) continue;
    if (!['branches', 'cases', 'lanes'].includes(key)) add(value, `/${key}`);
    else if (Array.isArray(value)) {
      value.forEach((item: unknown, index) => {
        if (!isJsonObject(item)) return;
        for (const member of ['condition', 'equals'])
          if (member in item) add(item[member], `/${key}/${index}/${member}`);
      });
    }
  }
  return found;
}

function reportNames(check: FlowCheck, template: Template, names: KnownNames, place: Place): void {
  for (const problem of checkTemplate(template, names, check.catalog.functions)) {
    const missing = /^"(steps|vars)" has no "(.+)"\.$/.exec(problem.message);
    const later =
      missing?.[1] === 'steps' ? allSteps(check.flow.steps).find(({ name }) => name === missing[2]) : undefined;
    report(check, place, {
      severity: problem.code === 'expression.unknown-member' && missing === null ? 'warning' : 'error',
      code: problem.code,
      message: later === undefined ? problem.message : `"${later.name}" has not run when this step runs.`,
      hint:
        later === undefined
          ? (problem.hint ?? 'Open the binding and correct it there.')
          : later.disabled === true
            ? 'It is disabled. Enable it, or use another step.'
            : 'Move this step behind it, or use a step that runs before.',
    });
  }
}

function reportMissingType(check: FlowCheck, kind: 'trigger' | 'action', type: string, place: Place): void {
  report(
    check,
    { ...place, path: `${place.path}/type` },
    {
      severity: 'error',
      code: `flow-${kind}.type-missing`,
      message: `The ${kind} ${type} is not installed.`,
      hint:
        kind === 'trigger'
          ? 'Install the plugin that brings it, or choose another trigger.'
          : 'Install the plugin that brings it, or delete the step.',
    },
  );
}

function reportSettings(
  check: FlowCheck,
  settings: Readonly<Record<string, unknown>>,
  extension: ExtensionDescription,
  place: Place,
): void {
  const hints = {
    missing: 'Set it in the settings.',
    invalid: 'Choose another value in the settings.',
    unknown: 'It has no effect. Reset it, or update the plugin that knows it.',
    bound: 'Choose a fixed value.',
  } as const;
  for (const problem of settingProblems(settings, extension.settings)) {
    report(
      check,
      { ...place, path: `${place.path}/settings${problem.path}` },
      {
        severity: problem.kind === 'unknown' ? 'warning' : 'error',
        code: `setting.${problem.kind}`,
        message: problem.message,
        hint: hints[problem.kind],
      },
    );
  }
}

function report(check: FlowCheck, place: Place, problem: Omit<AppProblem, keyof Place>): void {
  check.problems.push({ ...place, ...problem });
}
