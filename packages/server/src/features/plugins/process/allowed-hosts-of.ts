import { isJsonObject, notAllowed, type Json } from '@fettle/base';
import type { PluginPermissions } from '@fettle/sdk/plugin';

/** Where a plugin may connect to in one call. */
export interface PluginReach {
  /** Throws unless it may. */
  assertAllowed(host: string, port: number): void;
}

/**
 * The hosts that a plugin's permissions name, and those that stand in the settings of this call when it was allowed
 * these. Where the addresses lead is checked by the outbound guard besides.
 */
export function reachOf(permissions: PluginPermissions, settings: Json): PluginReach {
  const named = (permissions.network ?? []).map(parseRule);
  const entered = permissions.networkFromSettings === true ? hostsIn(settings) : new Set<string>();
  return {
    assertAllowed(given, port) {
      const host = given.toLowerCase().replace(/\.$/, '');
      if (entered.has(host) || named.some((rule) => matches(rule, host, port))) return;
      throw notAllowed({
        code: 'plugin.host-not-allowed',
        message: `The plugin may not connect to ${host.slice(0, 100)}:${port}.`,
        hint: 'Its manifest must name this host under "permissions", and an admin must agree to it.',
      });
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

function matches(rule: Rule, host: string, port: number): boolean {
  if (rule.port === undefined ? port !== 443 && port !== 80 : port !== rule.port) return false;
  return rule.isBelow ? host.endsWith(rule.host) && host.length > rule.host.length : host === rule.host;
}

/** Hosts in texts of settings: of addresses, and names that stand alone. */
function hostsIn(value: Json, found = new Set<string>()): Set<string> {
  if (typeof value === 'string') {
    const host = hostOf(value.trim());
    if (host !== undefined) found.add(host);
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
