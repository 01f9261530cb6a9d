// @vitest-environment happy-dom
import { MantineProvider } from '@mantine/core';
import { cleanup, fireEvent, render, screen as page, waitFor, within } from '@testing-library/react';
import { conflict, inputError } from '@fettle/base';
import type { ApprovalInfo } from '@fettle/contract';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ApprovalsView } from './approvals-view.tsx';
import type { InboxClient } from './inbox-client.ts';
import { createInbox } from './inbox.ts';

// Boxes that grow with their text measure it again when fonts come in; there are none here.
Object.defineProperty(document, 'fonts', { value: new EventTarget() });
afterEach(cleanup);

const asked = (id: string, facts: Partial<ApprovalInfo> = {}): ApprovalInfo => ({
  id,
  app: { id: 'app_1', name: 'Desk' },
  isTrial: false,
  title: `Access for ${id}`,
  message: null,
  fields: [],
  requestedBy: 'Ada',
  openedAt: Date.now() - 7_200_000,
  deadline: null,
  escalation: { level: 0, of: 0 },
  state: 'open',
  answer: null,
  ...facts,
});
const answered = (one: ApprovalInfo, by: string, approved = true): ApprovalInfo => ({
  ...one,
  state: 'answered',
  answer: { approved, comment: null, values: {}, by, at: Date.now() },
});

function show(given: ApprovalInfo[], rest: Partial<InboxClient> = {}, wanted?: string) {
  let open = given;
  const client: InboxClient = {
    liveUrl: '/live',
    notifications: async () => ({ notifications: [], unread: 0 }),
    count: async () => ({ unread: 0, open: open.length }),
    read: async () => undefined,
    readAll: async () => undefined,
    approvals: async (state) => ({ approvals: state === 'open' ? open : [] }),
    approval: async (id) => open.find((one) => one.id === id) ?? asked(id, { state: 'cancelled' }),
    answer: vi.fn(async (id: string, { approved }: { readonly approved: boolean }) => {
      const one = open.find((candidate) => candidate.id === id) ?? asked(id);
      open = open.filter((candidate) => candidate !== one);
      return answered(one, 'Grace', approved);
    }),
    ...rest,
  };
  const inbox = createInbox(client, () => () => undefined);
  render(
    <MantineProvider>
      <ApprovalsView inbox={inbox} wanted={wanted} />
    </MantineProvider>,
  );
  return { client, inbox };
}

const card = (name: string) => page.findByRole('article', { name });

describe('approvals', () => {
  it('are answered with what is to be filled in and a comment, and say what came of it', async () => {
    const { client } = show([
      asked('1', { fields: [{ name: 'costCentre', type: 'integer', required: true }] as ApprovalInfo['fields'] }),
      asked('2'),
    ]);
    const first = within(await card('Access for 1'));
    fireEvent.click(first.getByRole('button', { name: 'Approve' }));
    await first.findByText('This is needed.');
    expect(client.answer).not.toHaveBeenCalled();
    fireEvent.change(first.getByRole('textbox', { name: /Cost centre/ }), { target: { value: '4711' } });
    fireEvent.change(first.getByRole('textbox', { name: 'Comment' }), { target: { value: 'Fine' } });
    fireEvent.click(first.getByRole('button', { name: 'Approve' }));
    await first.findByText('Approved by Grace');
    expect(client.answer).toHaveBeenCalledWith('1', { approved: true, comment: 'Fine', values: { costCentre: 4711 } });
    // The other one is still there, folded.
    within(await card('Access for 2')).getByRole('button', { name: 'Answer …' });
  });

  it('are refused after a second thought only', async () => {
    const { client } = show([asked('1')]);
    const one = within(await card('Access for 1'));
    fireEvent.click(one.getByRole('button', { name: 'Refuse …' }));
    expect(client.answer).not.toHaveBeenCalled();
    fireEvent.click(one.getByRole('button', { name: 'Yes, refuse' }));
    await one.findByText('Refused by Grace');
  });

  it('say who was faster', async () => {
    const one = asked('1');
    show([one], {
      answer: () => Promise.reject(conflict({ code: 'approval.answered', message: 'Linus was faster.' })),
      approval: async () => answered(one, 'Linus', false),
    });
    fireEvent.click(within(await card('Access for 1')).getByRole('button', { name: 'Approve' }));
    await page.findByText('Refused by Linus');
  });

  it('keep what was written when the answer is not taken', async () => {
    show([asked('1')], { answer: () => Promise.reject(inputError({ code: 'x', message: 'Not like this.' })) });
    const one = within(await card('Access for 1'));
    fireEvent.change(one.getByRole('textbox', { name: 'Comment' }), { target: { value: 'Long thoughts' } });
    fireEvent.click(one.getByRole('button', { name: 'Approve' }));
    await one.findByText(/Not like this/);
    expect(one.getByRole<HTMLTextAreaElement>('textbox', { name: 'Comment' }).value).toBe('Long thoughts');
  });

  it('say until when, and what a notification led to is shown also when it is over', async () => {
    show([asked('1', { deadline: Date.now() + 2.5 * 86_400_000, escalation: { level: 2, of: 3 } })], {}, 'gone');
    await page.findByText('To be answered in 2 days');
    await page.findByText('Escalated, 2 of 3');
    within(await card('Access for gone')).getByText('No longer needed');
  });

  it('say that nothing waits, and what went wrong', async () => {
    show([]);
    await page.findByText(/Nothing waits for you/);
    cleanup();
    let isBroken = true;
    show([asked('1')], {
      approvals: async () => {
        if (isBroken) throw inputError({ code: 'x', message: 'The server is tired.' });
        return { approvals: [asked('1')] };
      },
    });
    await waitFor(() => expect(page.getByRole('alert').textContent).toContain('The server is tired.'));
    isBroken = false;
    fireEvent.click(page.getByRole('button', { name: 'Try again' }));
    await card('Access for 1');
  });
});
