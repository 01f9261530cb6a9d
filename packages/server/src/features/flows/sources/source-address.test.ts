import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes, type FlowSourceInfo } from '@fettle/contract';
import { emptyApp, saveApp, type App } from '@fettle/definition';
import { startDataTestServer, type DataTestServer } from '../../../testing/data-test-server.ts';

describe('addresses of brokers and mailboxes', () => {
  let server: DataTestServer;
  beforeAll(async () => {
    server = await startDataTestServer({
      FETTLE_PRIVATE_DATABASES: 'deny',
      FETTLE_ALLOWED_HOSTS: '127.0.0.1:9',
    });
  });
  afterAll(() => server.close());

  const failureOf = async (type: string, settings: Readonly<Record<string, unknown>>): Promise<string | undefined> => {
    const app = emptyApp('Outside');
    const trigger = { type, settings: { host: '127.0.0.1', encryption: 'off', ...settings } };
    const flows = { flw_out: { id: 'flw_out', name: 'out', trigger, steps: [] } };
    const made = await server.client.call(routes.apps.create, {
      params: { workspaceId: server.workspaceId },
      body: { name: 'Outside', from: { kind: 'definition', files: saveApp({ ...app, flows } as unknown as App) } },
    });
    const params = { appId: made.app.id };
    await server.client.call(routes.apps.publish, { params, body: { revision: 0 } });
    let source: FlowSourceInfo | undefined;
    for (const end = Date.now() + 10_000; Date.now() < end && source?.error === undefined; await pause(20))
      [source] = (await server.client.call(routes.flows.sources, { params })).sources;
    await server.client.call(routes.apps.unpublish, { params });
    return source?.error?.code;
  };

  it.each([
    ['redis/stream-message', { stream: 'a' }],
    ['nats/message', { stream: 'a' }],
    ['amqp/message', { queue: 'a' }],
    ['mqtt/message', { topic: 'a' }],
  ])('are checked before %s connects', async (type, settings) => {
    const refused = 'outbound.address-not-allowed';
    expect(await failureOf(type, settings)).toBe(refused);
    expect(await failureOf(type, { ...settings, host: '169.254.169.254' })).toBe(refused);
    // The operator allows this one: it is tried, and nothing answers.
    expect(await failureOf(type, { ...settings, port: 9 })).toBe('source.unreachable');
  });

  it('are checked before a mailbox is looked into, once its password is there', async () => {
    const settings = { user: 'a', password: 'mail' };
    expect(await failureOf('core/email-received', settings)).toBe('flow.secret-unknown');
    await server.client.call(routes.storedSecrets.save, {
      params: { workspaceId: server.workspaceId, environment: 'production', secret: 'mail' },
      body: { value: 'letter-box-7391' },
    });
    expect(await failureOf('core/email-received', settings)).toBe('outbound.address-not-allowed');
    expect(server.log()).not.toContain('letter-box-7391');
  });
});
