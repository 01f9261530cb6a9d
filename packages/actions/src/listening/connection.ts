import { isIP } from 'node:net';
import type { FlowSourceContext } from '@fettle/sdk/server';
import { optionalText, requiredText } from '../required.ts';

/** Where to connect, checked, and how to sign in. */
export interface Connection {
  /** The address to connect to: this and no other. */
  readonly address: string;
  readonly port: number;
  /** Undefined: not encrypted. Certificates are checked against the name that was typed. */
  readonly tls: { readonly servername?: string; readonly ca?: string } | undefined;
  readonly user: string | undefined;
  readonly password: string | undefined;
}

/** The connection that a trigger's settings name. Throws when its address is not allowed. */
export async function connectionOf(
  { settings, secrets, resolveAddress }: Pick<FlowSourceContext, 'settings' | 'secrets' | 'resolveAddress'>,
  usual: { readonly port: number; readonly encryptedPort: number },
): Promise<Connection> {
  const host = requiredText(settings['host'], 'Name the host of the server.');
  const isEncrypted = settings['encryption'] !== 'off';
  const usualPort =
    settings['encryption'] === 'on' || settings['encryption'] === undefined ? usual.encryptedPort : usual.port;
  const port = typeof settings['port'] === 'number' ? settings['port'] : usualPort;
  const { address } = await resolveAddress(host, port);
  const ca = optionalText(settings['certificate']);
  return {
    address,
    port,
    tls: isEncrypted
      ? { ...(isIP(host) === 0 ? { servername: host } : {}), ...(ca === undefined ? {} : { ca }) }
      : undefined,
    user: optionalText(settings['user']),
    password: secrets['password'],
  };
}

/** How long a server may take to answer, in milliseconds. */
export const connectTimeoutMs = 10_000;
