import { createShortId } from '@fettle/base';
import type { EventAction } from '@fettle/definition';
import { isTyping, narrowChange } from '../editors/narrow-change.ts';

/** The two branches of an action. */
export type Branch = 'onSuccess' | 'onError';

/** A new action of a type, with nothing set. */
export function newAction(type: string): EventAction {
  return { id: createShortId('act'), type, settings: {} };
}

/** A copy of an action with its branches; every copy has an id of its own. */
export function copyAction(action: EventAction): EventAction {
  const { onSuccess, onError } = action;
  return {
    ...structuredClone(action),
    id: createShortId('act'),
    ...(onSuccess === undefined ? {} : { onSuccess: onSuccess.map(copyAction) }),
    ...(onError === undefined ? {} : { onError: onError.map(copyAction) }),
  };
}

/** The action with a setting changed; `undefined` takes the setting away. */
export function changeSetting(action: EventAction, name: string, value: unknown): EventAction {
  const { [name]: _old, ...rest } = action.settings;
  return { ...action, settings: value === undefined ? rest : { ...action.settings, [name]: value } };
}

/** The action with a branch; an empty one goes. */
export function changeBranch(action: EventAction, branch: Branch, actions: readonly EventAction[]): EventAction {
  const { [branch]: _old, ...rest } = action;
  return actions.length === 0 ? rest : { ...rest, [branch]: actions };
}

/** The action with an optional member set, or without it. */
export function changeMember<K extends 'condition' | 'confirm'>(
  action: EventAction,
  member: K,
  value: EventAction[K] | undefined,
): EventAction {
  const { [member]: _old, ...rest } = action;
  return value === undefined ? (rest as EventAction) : ({ ...rest, [member]: value } as unknown as EventAction);
}

/** The key that makes typing into one field of an event a single step to undo; undefined for anything but typing. */
export function typingKey(
  owner: string,
  event: string,
  before: readonly EventAction[],
  after: readonly EventAction[],
): string | undefined {
  const change = narrowChange(event, before, after);
  return change !== undefined && isTyping(change) ? `events:${owner}:${change.path}` : undefined;
}

/** How many actions there are, branches included. */
export function countActions(actions: readonly EventAction[]): number {
  return actions.reduce(
    (sum, { onSuccess = [], onError = [] }) => sum + 1 + countActions(onSuccess) + countActions(onError),
    0,
  );
}
