import type { PluginPermissions } from './plugin-manifest.ts';

/** One permission in plain words. `key` is the same in every version that asks for the same. */
export interface PermissionLine {
  readonly key: string;
  readonly text: string;
  /** What somebody who grants it should know. */
  readonly note?: string;
}

/** A permission with what became of it in a newer version. */
export interface PermissionChange extends PermissionLine {
  readonly change: 'added' | 'removed' | 'same';
}

/** Permissions as a person reads them before granting them. */
export function describePermissions(permissions: PluginPermissions): readonly PermissionLine[] {
  const lines: PermissionLine[] = (permissions.network ?? []).map((host) => ({
    key: `network ${host}`,
    text: host.startsWith('*.') ? `Send requests to any address below ${host.slice(2)}` : `Send requests to ${host}`,
    note: 'What its steps and data sources work with can be sent there.',
  }));
  if (permissions.networkFromSettings === true)
    lines.push({
      key: 'network from settings',
      text: 'Send requests to the addresses that builders enter in its settings',
      note: 'Where builders enter an expression, whoever uses the app or starts the flow may choose the address.',
    });
  if (permissions.secrets === true)
    lines.push({
      key: 'secrets',
      text: 'Read the secrets that builders choose in its settings',
      note: 'It sees no other secret of the workspace.',
    });
  if (permissions.tables !== undefined)
    lines.push({
      key: `tables ${permissions.tables}`,
      text:
        permissions.tables === 'read'
          ? 'Read rows of the tables that builders choose in its settings'
          : 'Read and change rows of the tables that builders choose in its settings',
      note: 'With the rights of the flow or person it works for, and no others.',
    });
  if (permissions.files === true)
    lines.push({ key: 'files', text: 'Read the files that flows hand to it, and store new ones' });
  if (permissions.mail === true)
    lines.push({ key: 'mail', text: 'Send e-mail by the mail server of this installation' });
  if (permissions.storage !== undefined)
    lines.push({
      key: `storage ${permissions.storage}`,
      text: `Keep up to ${permissions.storage.toLocaleString('en')} kB of its own in this workspace`,
    });
  return lines;
}

/** What a newer version asks for beside what was granted: added first, then what it no longer asks for. */
export function comparePermissions(granted: PluginPermissions, asked: PluginPermissions): readonly PermissionChange[] {
  const before = describePermissions(granted);
  const after = describePermissions(asked);
  const had = new Set(before.map(({ key }) => key));
  const has = new Set(after.map(({ key }) => key));
  const of = (lines: readonly PermissionLine[], change: PermissionChange['change']): readonly PermissionChange[] =>
    lines.map((line) => ({ ...line, change }));
  return [
    ...of(
      after.filter(({ key }) => !had.has(key)),
      'added',
    ),
    ...of(
      before.filter(({ key }) => !has.has(key)),
      'removed',
    ),
    ...of(
      after.filter(({ key }) => had.has(key)),
      'same',
    ),
  ];
}
