import { forbiddenKeys, isJsonObject } from '@fettle/base';
import { pointerKeys } from '@fettle/definition';
import { refuse } from './refusal.ts';

/** The steps of a setting path such as `columns/2/label` (JSON pointer without the first slash). */
export function settingKeys(path: string): readonly string[] {
  const keys = pointerKeys(`/${path}`);
  if (keys.some((key) => key === '' || forbiddenKeys.has(key))) {
    throw refuse(
      'setting.path',
      `"${path}" is no setting.`,
      'Name a setting, and the places inside it with "/": columns/2/label.',
    );
  }
  return keys;
}

/** The part of a setting path that two edits must not share: everything up to the first place in a list. */
export function settingTouch(path: string): string {
  const keys = path.split('/');
  const list = keys.findIndex((key) => /^\d+$/.test(key));
  return (list === -1 ? keys : keys.slice(0, list)).join('/');
}

/** Writes a value at a path inside settings, making the objects and lists on the way that do not exist yet. */
export function setAt(settings: Record<string, unknown>, path: string, value: unknown): void {
  const keys = settingKeys(path);
  let holder: unknown = settings;
  keys.forEach((key, index) => {
    const isLast = index === keys.length - 1;
    const next = keys[index + 1];
    if (Array.isArray(holder)) {
      const place = listPlace(holder, key, path, holder.length);
      if (isLast) holder[place] = value;
      else holder = holder[place] ??= empty(next);
    } else if (isJsonObject(holder)) {
      const object = holder as Record<string, unknown>;
      if (isLast) object[key] = value;
      else
        holder =
          Object.hasOwn(object, key) && object[key] !== null ? object[key] : ((object[key] = empty(next)), object[key]);
    } else throw notReachable(path);
  });
}

/** Takes a value away; an item of a list is removed and those after it move up. */
export function unsetAt(settings: Record<string, unknown>, path: string): void {
  const keys = settingKeys(path);
  let holder: unknown = settings;
  for (const [index, key] of keys.entries()) {
    const isLast = index === keys.length - 1;
    if (Array.isArray(holder)) {
      const place = listPlace(holder, key, path, holder.length - 1);
      if (isLast) holder.splice(place, 1);
      else holder = holder[place];
    } else if (isJsonObject(holder) && Object.hasOwn(holder, key)) {
      if (isLast) delete (holder as Record<string, unknown>)[key];
      else holder = holder[key];
    } else if (isJsonObject(holder)) return;
    else throw notReachable(path);
  }
}

function listPlace(list: readonly unknown[], key: string, path: string, most: number): number {
  const place = /^\d{1,6}$/.test(key) ? Number(key) : -1;
  if (place < 0 || place > most) {
    throw refuse(
      'setting.path',
      `"${path}" is outside a list of ${list.length}.`,
      'The list may have changed meanwhile. Reload and try again.',
    );
  }
  return place;
}

function empty(next: string | undefined): unknown {
  return next === '0' ? [] : {};
}

function notReachable(path: string): Error {
  return refuse('setting.path', `"${path}" leads into a value that has no parts.`, 'Set the whole value instead.');
}
