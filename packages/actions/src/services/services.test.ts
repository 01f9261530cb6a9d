import { afterEach, describe, expect, it } from 'vitest';
import { listen, type GivenAnswer, type ReceivedRequest } from '../testing/listening-server.ts';
import { runAction } from '../testing/run-action.ts';

const servers: { close(): void }[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function serve(handler: (request: ReceivedRequest) => GivenAnswer) {
  const server = await listen(handler);
  servers.push(server);
  return server;
}

const basic = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

describe('messages', () => {
  it('go to Slack as its incoming webhooks want them', async () => {
    const { url, received } = await serve(() => ({ text: 'ok' }));
    const secrets = { webhook: `${url}/services/T0/B0/xyz` };
    const { output } = await runAction('send-slack', { webhook: 'w', message: '*Hi*' }, { secrets });
    expect(output).toEqual({ sent: true });
    expect(received[0]).toMatchObject({ method: 'POST', path: '/services/T0/B0/xyz', json: { text: '*Hi*' } });
  });

  it('go to Teams as an adaptive card', async () => {
    const { url, received } = await serve(() => ({ status: 202 }));
    const settings = { webhook: 'w', title: 'Done', message: '**ok**', link: 'https://example.com/' };
    await runAction('send-teams', settings, { secrets: { webhook: url } });
    expect(received[0]?.json).toMatchObject({
      type: 'message',
      attachments: [
        {
          contentType: 'application/vnd.microsoft.card.adaptive',
          content: {
            type: 'AdaptiveCard',
            version: '1.4',
            body: [
              { type: 'TextBlock', text: 'Done' },
              { type: 'TextBlock', text: '**ok**', wrap: true },
            ],
            actions: [{ type: 'Action.OpenUrl', url: 'https://example.com/' }],
          },
        },
      ],
    });
  });

  it('go to Discord, mention nobody and give the id', async () => {
    const { url, received } = await serve(() => ({ json: { id: '55' } }));
    const { output } = await runAction(
      'send-discord',
      { webhook: 'w', message: '@everyone' },
      { secrets: { webhook: url } },
    );
    expect(output).toEqual({ id: '55' });
    expect(received[0]?.query.get('wait')).toBe('true');
    expect(received[0]?.json).toEqual({ content: '@everyone', allowed_mentions: { parse: [] } });
  });

  it('that are refused say so, without the secret address', async () => {
    const { url } = await serve(({ path }) => ({ status: 404, text: `no_service ${path}` }));
    const secrets = { webhook: `${url}/hook` };
    const error: unknown = await runAction('send-slack', { webhook: 'w', message: 'x' }, { secrets }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ code: 'http.status', message: expect.stringContaining('404') as unknown });
    expect(JSON.stringify(error)).not.toContain(secrets.webhook);
  });
});

describe('services', () => {
  it('PagerDuty: one incident per key, by default that of the step', async () => {
    const { url, received } = await serve(({ json }) => ({
      status: 202,
      json: { status: 'success', dedup_key: (json as { dedup_key: string }).dedup_key },
    }));
    const secrets = { routingKey: 'r'.repeat(32) };
    const opened = await runAction('pagerduty-event', { baseUrl: url, routingKey: 'k', text: 'Down' }, { secrets });
    expect(opened.output).toEqual({ key: 'run_1/stp_1' });
    expect(received[0]).toMatchObject({
      path: '/v2/enqueue',
      json: {
        routing_key: secrets.routingKey,
        event_action: 'trigger',
        dedup_key: 'run_1/stp_1',
        payload: { summary: 'Down', source: 'Fettle', severity: 'error' },
      },
    });
    await runAction(
      'pagerduty-event',
      { baseUrl: url, routingKey: 'k', operation: 'resolve', dedupKey: 'd' },
      { secrets },
    );
    expect(received[1]?.json).toEqual({ routing_key: secrets.routingKey, event_action: 'resolve', dedup_key: 'd' });
    await expect(
      runAction('pagerduty-event', { baseUrl: url, routingKey: 'k', operation: 'resolve' }, { secrets }),
    ).rejects.toMatchObject({ code: 'action.incomplete' });
  });

  it('GitHub: an issue', async () => {
    const { url, received } = await serve(() => ({ status: 201, json: { number: 12, html_url: 'https://g/12' } }));
    const settings = { baseUrl: url, repository: 'acme/app', title: 'Bug', body: 'text', labels: ['bug'], token: 't' };
    const { output } = await runAction('github-issue', settings, { secrets: { token: 'ghp_1' } });
    expect(output).toEqual({ number: 12, url: 'https://g/12' });
    expect(received[0]).toMatchObject({
      path: '/repos/acme/app/issues',
      json: { title: 'Bug', body: 'text', labels: ['bug'] },
      headers: {
        authorization: 'Bearer ghp_1',
        accept: 'application/vnd.github+json',
        'x-github-api-version': '2022-11-28',
      },
    });
    await expect(
      runAction('github-issue', { ...settings, repository: 'a/../b' }, { secrets: { token: 'x' } }),
    ).rejects.toMatchObject({ code: 'action.repository-invalid' });
  });

  it('Jira: an issue with its description as a document', async () => {
    const { url, received } = await serve(() => ({ status: 201, json: { id: '10', key: 'OPS-1' } }));
    const settings = {
      site: `${url}/`,
      user: 'ada@x.y',
      token: 't',
      project: 'OPS',
      title: 'A\nB',
      text: 'one\n\ntwo',
    };
    const { output } = await runAction('jira-issue', settings, { secrets: { token: 'jt' } });
    expect(output).toEqual({ id: '10', key: 'OPS-1', url: `${url}/browse/OPS-1` });
    expect(received[0]).toMatchObject({
      path: '/rest/api/3/issue',
      headers: { authorization: basic('ada@x.y', 'jt') },
    });
    expect(received[0]?.json).toMatchObject({
      fields: {
        project: { key: 'OPS' },
        issuetype: { name: 'Task' },
        summary: 'A B',
        description: { type: 'doc', version: 1, content: [{ type: 'paragraph' }, { type: 'paragraph' }] },
      },
    });
  });

  it('ServiceNow: a record that carries the key of the step', async () => {
    const { url, received } = await serve(() => ({ status: 201, json: { result: { sys_id: 's1', number: 'INC1' } } }));
    const settings = { instance: url, user: 'u', password: 'p', values: { short_description: 'Down', urgency: '1' } };
    const { output } = await runAction('servicenow-record', settings, { secrets: { password: 'pw' } });
    expect(output).toMatchObject({ id: 's1', number: 'INC1' });
    expect(received[0]).toMatchObject({
      path: '/api/now/table/incident',
      headers: { authorization: basic('u', 'pw') },
      json: { short_description: 'Down', urgency: '1', correlation_id: 'run_1/stp_1' },
    });
  });

  it('Zapier, Make, n8n: JSON with the key of the step', async () => {
    const { url, received } = await serve(() => ({ text: 'Accepted' }));
    const { output } = await runAction(
      'call-automation',
      { service: 'make', data: { a: 1 } },
      { secrets: { webhook: url } },
    );
    expect(output).toEqual({ body: 'Accepted' });
    expect(received[0]).toMatchObject({ json: { a: 1 }, headers: { 'idempotency-key': 'run_1/stp_1' } });
  });
});
