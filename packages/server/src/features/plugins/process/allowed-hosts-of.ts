import { isJsonObject, notAllowed, type Json } from '@fettle/base';
import type { PluginPermissions } from '@fettle/sdk/plugin';

/** Where a plugin may connect to in one call. */
export interface PluginReach {
  /** Throws unless it may. */
  assertAllowed(host: string, port: number): void;
  /** The same for a name alone, whatever the port. */
  assertName(name: string): void;
}

/**
 * The hosts that a plugin's permissions name, and those that stand in the settings of this call when it was allowed
 * these. Where the addresses lead is checked by the outbound guard besides.
 */
export function reachOf(permissions: PluginPermissions, settings: Json): PluginReach {
  const named = (permissions.network ?? []).map(parseRule);
  const entered = permissions.networkFromSettings === true ? hostsIn(settings) : new Set<string>();
  const nameOf = (given: string): string => given.toLowerCase().replace(/\.$/, '');
  return {
    assertAllowed(given, port) {
      const host = nameOf(given);
      if (!entered.has(host) && !named.some((rule) => matches(rule, host, port))) throw refused(`${host}:${port}`);
    },
    assertName(given) {
      const name = nameOf(given);
      if (!entered.has(name) && !named.some((rule) => matchesName(rule, name))) throw refused(name);
    },
  };
}

interface Rule {
  readonly host: string;
  readonly isBelow: boolean;
  readonly port: number | undefined;
}

function parseRule(text: string): Rule {
  const [name = '', port] = text.split(':');
  const isBelow = name.startsWith('*.');
  return { host: isBelow ? name.slice(1) : name, isBelow, port: port === undefined ? undefined : Number(port) };
}

function refused(where: string) {
  return notAllowed({
    code: 'plugin.host-not-allowed',
    message: `The plugin may not connect to ${where.slice(0, 120)}.`,
    hint: 'Its manifest must name this host under "permissions", and an admin must agree to it.',
  });
}

function matches(rule: Rule, host: string, port: number): boolean {
  if (rule.port === undefined ? port !== 443 && port !== 80 : port !== rule.port) return false;
  return matchesName(rule, host);
}

function matchesName(rule: Rule, host: string): boolean {
  return rule.isBelow ? host.endsWith(rule.host) && host.length > rule.host.length : host === rule.host;
}

/** Hosts in texts of settings: of addresses, and names that stand alone. */
function hostsIn(value: Json, found = new Set<string>()): Set<string> {
  if (typeof value === 'string') {
    // A text may hold several, as lists of addresses do.
    for (const word of value.slice(0, 100_000).split(/[\s,;]+/, 200)) {
      const host = hostOf(word);
      if (host !== undefined) found.add(host);
    }
  } else if (Array.isArray(value)) {
    for (const item of value) hostsIn(item as Json, found);
  } else if (isJsonObject(value)) {
    for (const item of Object.values(value)) hostsIn(item, found);
  }
  return found;
}

function hostOf(text: string): string | undefined {
  if (text.length > 2000 || text === '') return undefined;
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text.replace(/^webcal:/i, 'https:') : `https://${text}`;
  if (!URL.canParse(address)) return undefined;
  const { hostname } = new URL(address);
  return hostname === '' ? undefined : hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
}
