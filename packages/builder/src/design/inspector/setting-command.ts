import type { Command } from '@fettle/edit';
import { isTyping, narrowChange } from '../editors/narrow-change.ts';

/** A command, and the key under which consecutive ones are one step to undo. */
export interface Edit {
  readonly command: Command;
  readonly mergeKey?: string;
}

/** The single command that brings a setting of a component to another value; undefined when nothing changes. */
export function settingEdit(options: {
  readonly screen: string;
  readonly component: string;
  readonly name: string;
  readonly before: unknown;
  readonly after: unknown;
}): Edit | undefined {
  const { screen, component, name, before, after } = options;
  const change = narrowChange(name, before, after);
  if (change === undefined) return undefined;
  const { path } = change;
  if (!('value' in change)) return { command: { type: 'setting.unset', screen, component, path } };
  const command: Command = { type: 'setting.set', screen, component, path, value: change.value };
  return isTyping(change) ? { command, mergeKey: `set:${component}:${path}` } : { command };
}

/** The single command that takes settings back to their defaults; undefined when none is set. */
export function resetEdit(options: {
  readonly screen: string;
  readonly component: string;
  readonly names: readonly string[];
}): Edit | undefined {
  const { screen, component, names } = options;
  const commands = names.map((path) => ({ type: 'setting.unset' as const, screen, component, path }));
  const [first] = commands;
  if (first === undefined) return undefined;
  return { command: commands.length === 1 ? first : { type: 'batch', commands } };
}
