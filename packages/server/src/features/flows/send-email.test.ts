import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '@fettle/contract';
import { emptyApp, saveApp, type FlowStep } from '@fettle/definition';
import { startDataTestServer, type DataTestServer } from '../../testing/data-test-server.ts';

const action = (name: string, type: string, settings: Readonly<Record<string, unknown>>): FlowStep => ({
  id: `stp_${name}`,
  name,
  kind: 'action',
  type: `core/${type}`,
  settings,
});

describe('e-mail of flows, by a mail server', () => {
  const received: { readonly to: readonly string[]; readonly source: string }[] = [];
  let mail: SMTPServer;
  let server: DataTestServer;

  beforeAll(async () => {
    mail = new SMTPServer({
      authOptional: true,
      hideSTARTTLS: true,
      onData(stream, session, callback) {
        let source = '';
        stream.setEncoding('utf8').on('data', (part: string) => (source += part));
        stream.on('end', () => {
          received.push({ to: session.envelope.rcptTo.map(({ address }) => address), source });
          callback();
        });
      },
    });
    await new Promise<void>((resolve) => mail.listen(0, '127.0.0.1', () => resolve()));
    const { port } = mail.server.address() as AddressInfo;
    server = await startDataTestServer({
      FETTLE_SMTP_URL: `smtp://127.0.0.1:${port}`,
      FETTLE_MAIL_FROM: 'Desk <desk@example.com>',
    });
  }, 30_000);
  afterAll(async () => {
    await server?.close();
    await new Promise<void>((resolve) => mail.close(() => resolve()));
  });

  it('goes out with Markdown as HTML, a stored file and an invitation that can be answered', async () => {
    const steps = [
      action('file', 'write-file', { name: 'list.csv', content: 'id,name', type: 'text/csv' }),
      action('mail', 'send-email', {
        to: ['ada@example.com'],
        bcc: ['boss@example.com'],
        subject: 'Plan for {{ trigger.who }}',
        body: 'Dear **{{ trigger.who }}**,\n\n- one\n- two',
        attachments: '{{ [steps.file.output] }}',
        eventStart: '2026-03-01T09:30:00+01:00',
        eventPlace: 'Room 1',
      }),
      { id: 'stp_give', name: 'give', kind: 'return', value: '{{ steps.mail.output }}' },
    ];
    const flow = { id: 'flw_mail', name: 'mail', trigger: { type: 'core/manual', settings: {} }, steps };
    const { app } = await server.client.call(routes.apps.create, {
      params: { workspaceId: server.workspaceId },
      body: {
        name: 'Mail',
        from: { kind: 'definition', files: saveApp({ ...emptyApp('Mail'), flows: { flw_mail: flow as never } }) },
      },
    });
    const { run } = await server.client.call(routes.flows.startDraft, {
      params: { appId: app.id, flow: 'flw_mail' },
      body: { trigger: { who: 'Ada <b>' }, isDryRun: false, waitMs: 20_000 },
    });
    expect(run.error).toBeUndefined();
    expect(run.output).toMatchObject({ recipients: 2, eventId: expect.stringContaining('@fettle') as unknown });
    const [{ to, source } = { to: [], source: '' }] = received;
    expect(to).toEqual(['ada@example.com', 'boss@example.com']);
    expect(source).not.toContain('boss@example.com');
    expect(source).toContain('From: Desk <desk@example.com>');
    expect(source).toContain('<strong>Ada &lt;b&gt;</strong>');
    expect(source).toMatch(/filename="?list\.csv/);
    expect(source).toContain(Buffer.from('id,name').toString('base64'));
    expect(source).toMatch(/text\/calendar; charset=utf-8; method=REQUEST/);
    const encoded = /filename="?invite\.ics[\s\S]*?\r\n\r\n([A-Za-z0-9+/=\r\n]+)/.exec(source)?.[1] ?? '';
    const calendar = Buffer.from(encoded, 'base64').toString('utf8').replaceAll('\r\n ', '');
    expect(calendar).toContain('ORGANIZER;CN="Desk":mailto:desk@example.com');
    expect(calendar).toContain('RSVP=TRUE:mailto:ada@example.com');
    expect(calendar).toContain('DTSTART:20260301T083000Z');
  }, 30_000);
});
