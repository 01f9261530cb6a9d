import { inputError, notFound, type AppError } from '@fettle/base';
import type { BindingProblems, Bindings, EventAction } from '@fettle/definition';
import { createScope, expressionsOf, type Scope, type Template } from '@fettle/expression';
import type { EventActionManifest } from '@fettle/sdk';
import type { EventActionHost } from '@fettle/sdk/react';
import type { Notice, Question } from '../state/app-store.ts';
import type { KnownEventAction } from '../state/extension-registry.ts';
import { fillSettings, fitToSchema, planSettings, type SettingSchema } from '../state/plan-settings.ts';
import { toAppError } from '../state/query-store.ts';
import { describeError } from '../state/screen-names.ts';
import type { Outcome } from '../state/templates.ts';
import { textOf } from '../state/text-of.ts';

type Values = Readonly<Record<string, unknown>>;

/** What a list of actions runs with. */
export interface ActionContext {
  readonly host: EventActionHost;
  /** The parsed bindings of the actions' owner. */
  readonly texts: { readonly bindings: Bindings; readonly problems?: BindingProblems };
  /** Names the actions' expressions know, `event` included. */
  readonly scope: Scope;
  readonly find: (type: string) => KnownEventAction | undefined;
  /** Runs an action whose code is on the server, with the values of the expressions in its settings. */
  readonly runOnServer: (
    action: EventAction,
    manifest: EventActionManifest,
    values: Readonly<Record<string, readonly unknown[]>>,
  ) => Promise<unknown>;
  readonly evaluate: (template: Template, scope: Scope) => Outcome;
  readonly notify: (notice: Notice) => void;
  readonly confirm: (question: Question) => Promise<boolean>;
  /** Aborted when whoever started the actions is gone: what has not begun is not begun. */
  readonly signal: AbortSignal;
  /** Told of an action that failed and has no `onError`. */
  readonly onFailure?: (action: EventAction, pointer: string, error: AppError) => void;
}

/**
 * Runs actions one after the other. `pointer` is where the list stands in its owner, e.g. `/events/click`.
 * Answers false when one failed, was cancelled, or the person said no: the rest of the list is then left out.
 */
export async function runActions(
  actions: readonly EventAction[],
  pointer: string,
  context: ActionContext,
): Promise<boolean> {
  for (const [index, action] of actions.entries()) {
    if (context.signal.aborted) return false;
    if (!(await runAction(action, `${pointer}/${index}`, context))) return false;
  }
  return true;
}

async function runAction(action: EventAction, pointer: string, context: ActionContext): Promise<boolean> {
  let result: unknown;
  try {
    if (action.condition !== undefined && !valueAt(action.condition, `${pointer}/condition`, context)) return true;
    if (action.confirm !== undefined && !(await ask(action.confirm, pointer, context))) return false;
    if (context.signal.aborted) return false;
    result = await perform(action, pointer, context);
  } catch (caught) {
    return failed(action, pointer, context, toAppError(caught));
  }
  return runActions(action.onSuccess ?? [], `${pointer}/onSuccess`, within(context, { result }));
}

async function failed(action: EventAction, pointer: string, context: ActionContext, error: AppError): Promise<boolean> {
  if (context.signal.aborted) return false;
  if (action.onError !== undefined && action.onError.length > 0) {
    return runActions(action.onError, `${pointer}/onError`, within(context, { error: describeError(error) }));
  }
  context.onFailure?.(action, pointer, error);
  context.notify({ kind: 'error', text: error.hint === undefined ? error.message : `${error.message} ${error.hint}` });
  return false;
}

async function perform(action: EventAction, pointer: string, context: ActionContext): Promise<unknown> {
  const extension = context.find(action.type);
  if (extension === undefined) {
    throw notFound({
      code: 'event-action.unknown',
      message: `The action "${action.type}" is not installed.`,
      hint: 'Install its plugin or choose another action.',
    });
  }
  if ('runsOnServer' in extension)
    return context.runOnServer(action, extension.manifest, boundValues(`${pointer}/settings`, context));
  const settings = settingsOf(action, pointer, extension.manifest.settings as SettingSchema, context);
  return extension.run(settings as never, context.host);
}

/** What the server cannot know of the settings: the values of their expressions, and nothing that is written in the app. */
function boundValues(pointer: string, context: ActionContext): Readonly<Record<string, readonly unknown[]>> {
  const { bindings, problems = {} } = context.texts;
  const broken = Object.entries(problems).find(([place]) => place.startsWith(`${pointer}/`));
  if (broken !== undefined) throw inputError({ code: 'binding.unreadable', message: broken[1] });
  const below = Object.entries(bindings).filter(([place]) => place.startsWith(`${pointer}/`));
  return Object.fromEntries(
    below.map(([place, template]) => [
      place.slice(pointer.length),
      expressionsOf(template).map((expression) => valueOf({ kind: 'expression', expression }, context)),
    ]),
  );
}

function settingsOf(action: EventAction, pointer: string, schema: SettingSchema, context: ActionContext): Values {
  const plan = planSettings({ ...context.texts, settings: action.settings }, schema, `${pointer}/settings`);
  const values = plan.places.map((place) => {
    const { template, plain, path, broken } = place;
    if (broken !== undefined) throw inputError({ code: 'binding.unreadable', message: broken });
    if (place.isDeferred) {
      const value = (names: Values): unknown =>
        template === undefined ? plain : context.evaluate(template, createScope(names, context.scope)).value;
      return [path, value] as const;
    }
    const value = template === undefined ? plain : valueOf(template, context);
    return [path, fitToSchema(value, place.schema)] as const;
  });
  return values.length === 0 ? plan.base : fillSettings(plan.base, values);
}

async function ask(
  confirm: NonNullable<EventAction['confirm']>,
  pointer: string,
  context: ActionContext,
): Promise<boolean> {
  const text = (key: 'title' | 'message' | 'button'): string | undefined => {
    const given = confirm[key];
    return given === undefined ? undefined : textOf(valueAt(given, `${pointer}/confirm/${key}`, context));
  };
  const [message, button] = [text('message'), text('button')];
  return context.confirm({
    title: text('title') ?? '',
    ...(message === undefined ? {} : { message }),
    ...(button === undefined ? {} : { button }),
    ...(confirm.danger === undefined ? {} : { danger: confirm.danger }),
  });
}

function valueAt(plain: string, pointer: string, context: ActionContext): unknown {
  const template = context.texts.bindings[pointer];
  return template === undefined ? plain : valueOf(template, context);
}

// Unlike on the screen, a value that cannot be worked out stops the action: half-known values must not be written.
function valueOf(template: Template, context: ActionContext): unknown {
  const { value, failure } = context.evaluate(template, context.scope);
  if (failure === undefined) return value;
  throw inputError({
    code: failure.code,
    message: failure.message,
    ...(failure.hint === undefined ? {} : { hint: failure.hint }),
  });
}

function within(context: ActionContext, names: Values): ActionContext {
  return { ...context, scope: createScope(names, context.scope) };
}
