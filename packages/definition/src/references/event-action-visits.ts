import { pointer } from '../json-pointer.ts';
import type { EventAction } from '../kinds/event-action.ts';

/** Calls back with every event action of some events, however nested, and its JSON pointer. */
export function visitEventActions(
  events: Readonly<Record<string, readonly EventAction[]>> | undefined,
  path: string,
  visit: (action: EventAction, path: string) => void,
): void {
  for (const [event, actions] of Object.entries(events ?? {})) visitList(actions, pointer(path, event), visit);
}

function visitList(
  actions: readonly EventAction[],
  path: string,
  visit: (action: EventAction, path: string) => void,
): void {
  actions.forEach((action, index) => {
    const place = `${path}/${index}`;
    visit(action, place);
    if (action.onSuccess !== undefined) visitList(action.onSuccess, `${place}/onSuccess`, visit);
    if (action.onError !== undefined) visitList(action.onError, `${place}/onError`, visit);
  });
}
