import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { createClient, routes, type ApiClient } from '@fettle/contract';
import { generateApp } from '@fettle/generator';
import type { ConnectorExtension } from '@fettle/sdk/server';
import { builtInCatalog, builtInConnectors, builtInFlowActions, builtInFlowTriggers } from '@fettle/testing';
import { createServer } from '../compose.ts';
import { loadConfig } from '../config.ts';
import { createLog } from '../log.ts';

/** A whole server on a fresh store, with everything it wrote to its log. */
export interface DataTestServer {
  readonly client: ApiClient;
  readonly baseUrl: string;
  readonly folder: string;
  readonly workspaceId: string;
  readonly cookie: string;
  readonly log: () => string;
  /** Every answer the client has had, as text. */
  readonly answers: () => string;
  signIn(email: string, password: string): Promise<ApiClient>;
  close(): Promise<void>;
}

const owner = { email: 'owner@example.com', password: 'a long sentence nobody guesses' };

/** Starts one. `settings` are environment variables. */
export async function startDataTestServer(
  settings: Readonly<Record<string, string>> = {},
  more: readonly ConnectorExtension[] = [],
): Promise<DataTestServer> {
  const folder = await mkdtemp(join(tmpdir(), 'fettle-data-'));
  let logged = '';
  let answered = '';
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      logged += chunk.toString();
      done();
    },
  });
  const server = await createServer({
    config: loadConfig({
      FETTLE_DATA_DIR: folder,
      PORT: '0',
      FETTLE_OWNER_EMAIL: owner.email,
      FETTLE_OWNER_PASSWORD: owner.password,
      FETTLE_LOG_LEVEL: 'debug',
      ...settings,
    }),
    connectors: [...builtInConnectors, ...more],
    catalog: builtInCatalog,
    flowActions: builtInFlowActions,
    flowTriggers: builtInFlowTriggers,
    generateApp,
    log: createLog('debug', sink),
  });
  const baseUrl = `http://127.0.0.1:${server.port}`;
  const clientOf = (cookie: string): ApiClient =>
    createClient({
      baseUrl,
      headers: { cookie, origin: baseUrl },
      fetch: async (input, init) => {
        const response = await fetch(input, init);
        answered += `${await response.clone().text()}\n`;
        return response;
      },
    });
  const signInAs = async (email: string, password: string): Promise<string> => {
    const response = await fetch(`${baseUrl}${routes.account.signIn.path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: baseUrl },
      body: JSON.stringify({ email, password }),
    });
    return response.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ');
  };
  const cookie = await signInAs(owner.email, owner.password);
  const client = clientOf(cookie);
  const { user } = await client.call(routes.account.session, {});
  const workspaceId = user?.workspaces[0]?.id ?? '';
  return {
    client,
    baseUrl,
    folder,
    workspaceId,
    cookie,
    log: () => logged,
    answers: () => answered,
    signIn: async (email, password) => clientOf(await signInAs(email, password)),
    close: async () => {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
