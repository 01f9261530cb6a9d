import { describe, expect, it } from 'vitest';
import { runAction } from '../testing/run-action.ts';

const settings = { to: ['ada@example.com'], subject: 'Hi', body: '**Hello** <script>alert(1)</script>' };

describe('e-mail', () => {
  it('is sent as text and as HTML in which values stay text, under the id of the step', async () => {
    const files = { f: { name: 'a.txt', type: 'text/plain', bytes: new Uint8Array([1]) } };
    const { calls, output } = await runAction(
      'send-email',
      { ...settings, cc: 'b@x.y; c@x.y', attachments: ['f'] },
      { files },
    );
    expect(output).toMatchObject({ recipients: 3 });
    expect(calls[0]?.[1]).toMatchObject({
      to: ['ada@example.com'],
      cc: ['b@x.y', 'c@x.y'],
      messageId: '<run_1.stp_1@fettle>',
      attachments: [{ name: 'a.txt' }],
    });
    const html = (calls[0]?.[1] as { html: string } | undefined)?.html;
    expect(html).toContain('<strong>Hello</strong>');
    expect(html).not.toContain('<script');
  });

  it('invites to an event', async () => {
    const event = { eventStart: '2026-03-29T01:30:00+01:00', eventPlace: 'Room 1; left' };
    const { calls, output } = await runAction('send-email', { ...settings, ...event, cc: 'b@x.y' });
    expect(output).toMatchObject({ eventId: 'run_1.stp_1@fettle' });
    const calendar = (calls[0]?.[1] as { calendar: { content: string } } | undefined)?.calendar;
    expect(calendar).toMatchObject({ method: 'request' });
    for (const line of [
      'METHOD:REQUEST',
      'UID:run_1.stp_1@fettle',
      'DTSTART:20260329T003000Z',
      'DTEND:20260329T013000Z',
      'LOCATION:Room 1\\; left',
      'SEQUENCE:0',
      'STATUS:CONFIRMED',
      'ORGANIZER;CN="Fettle":mailto:fettle@example.com',
    ]) {
      expect(calendar?.content).toContain(`${line}\r\n`);
    }
    const unfolded = calendar?.content.replaceAll('\r\n ', '') ?? '';
    expect(unfolded.match(/^ATTENDEE;.*RSVP=TRUE:mailto:.*$/gm)?.map((line) => line.split('mailto:')[1])).toEqual([
      'ada@example.com',
      'b@x.y',
    ]);
    await expect(runAction('send-email', { ...settings, eventStart: 'tomorrow' })).rejects.toMatchObject({
      code: 'mail.event-invalid',
    });
  });

  it('moves and calls off an event that it invited to before', async () => {
    const event = { eventStart: '2026-03-29T01:30:00Z', eventId: 'run_0.stp_1@fettle', replyTo: 'boss@x.y' };
    const content = async (more: Readonly<Record<string, unknown>>) => {
      const { calls } = await runAction('send-email', { ...settings, ...event, ...more });
      const sent = calls[0]?.[1] as { calendar: { method: string; content: string } } | undefined;
      return sent?.calendar ?? { method: '', content: '' };
    };
    const moved = await content({});
    expect(moved.content).toMatch(/UID:run_0\.stp_1@fettle\r\nSEQUENCE:[1-9]\d*\r\nSTATUS:CONFIRMED/);
    expect(moved.content).toContain('ORGANIZER:mailto:boss@x.y\r\n');
    const off = await content({ eventKind: 'cancel' });
    expect(off.method).toBe('cancel');
    expect(off.content).toMatch(/METHOD:CANCEL\r\n.*STATUS:CANCELLED/s);
    await expect(content({ eventKind: 'cancel', eventId: '' })).rejects.toMatchObject({ code: 'action.incomplete' });
  });

  it('refuses what is no address, so that no header can be added', async () => {
    for (const to of [['ada'], ['a@b.c\r\nBcc: d@e.f'], ['Ada <a@b.c>']]) {
      await expect(runAction('send-email', { ...settings, to })).rejects.toMatchObject({
        code: 'mail.address-invalid',
      });
    }
  });
});
