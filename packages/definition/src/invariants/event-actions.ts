import { isJsonObject, type Problem } from '@fettle/base';
import type { App } from '../app.ts';
import { pointer } from '../json-pointer.ts';
import { eventActionSchema } from '../kinds/event-action.ts';
import { appLimits } from '../limits.ts';
import { checkSchema } from '../load/check-schema.ts';

type EventLists = Readonly<Record<string, readonly unknown[]>> | undefined;

/** Lists of event actions are valid all the way down: `onSuccess` and `onError` hold event actions again. */
export function eventActions(app: App): readonly Problem[] {
  return Object.values(app.screens).flatMap((screen) => {
    const path = `/screens/${screen.id}`;
    return [
      ...checkEvents(screen.events, `${path}/events`),
      ...Object.entries(screen.components).flatMap(([id, component]) =>
        checkEvents(component.events, `${path}/components/${id}/events`),
      ),
    ];
  });
}

/** The same for the events of one component or screen. */
export function checkEvents(events: EventLists, path: string): readonly Problem[] {
  if (events === undefined) return [];
  return Object.entries(events).flatMap(([event, actions]) => {
    const problems: Problem[] = [];
    checkList({ actions, path: pointer(path, event), depth: 1, ids: new Set() }, problems);
    return problems;
  });
}

interface ListVisit {
  readonly actions: unknown;
  readonly path: string;
  readonly depth: number;
  /** Ids of the event's actions so far. */
  readonly ids: Set<string>;
}

function checkList({ actions, path, depth, ids }: ListVisit, problems: Problem[]): void {
  if (!Array.isArray(actions)) {
    problems.push({ path, code: 'event-action.list', message: 'This must be a list of event actions.' });
    return;
  }
  if (depth > appLimits.actionDepth) {
    problems.push({
      path,
      code: 'event-action.too-deep',
      message: `Event actions can be nested ${appLimits.actionDepth} levels deep at most.`,
    });
    return;
  }
  actions.forEach((action: unknown, index) => {
    const place = `${path}/${index}`;
    const found = checkSchema(eventActionSchema, action, place);
    problems.push(...found);
    if (found.length > 0 || !isJsonObject(action)) return;
    const id = String(action['id']);
    if (ids.has(id)) {
      problems.push({
        path: `${place}/id`,
        code: 'id.taken',
        message: `Two actions of this event have the id "${id}".`,
      });
    }
    ids.add(id);
    for (const key of ['onSuccess', 'onError']) {
      if (action[key] !== undefined)
        checkList({ actions: action[key], path: `${place}/${key}`, depth: depth + 1, ids }, problems);
    }
  });
}
