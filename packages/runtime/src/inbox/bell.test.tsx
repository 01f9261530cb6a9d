// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen as page, waitFor } from '@testing-library/react';
import { inputError } from '@fettle/base';
import type { NotificationInfo } from '@fettle/contract';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Bell } from './bell.tsx';
import type { InboxClient } from './inbox-client.ts';
import { createInbox } from './inbox.ts';

afterEach(cleanup);

const told = (id: string, facts: Partial<NotificationInfo> = {}): NotificationInfo => ({
  id,
  kind: 'message',
  title: `Ticket ${id}`,
  body: null,
  app: { id: 'app_1', name: 'Desk' },
  href: `/apps/desk/tickets/${id}`,
  path: `/tickets/${id}`,
  approval: null,
  createdAt: Date.now() - 3_600_000,
  isRead: false,
  ...facts,
});

async function open(given: NotificationInfo[], rest: Partial<InboxClient> = {}) {
  let all = given;
  let change = (): void => undefined;
  const client: InboxClient = {
    liveUrl: '/live',
    notifications: async () => ({ notifications: all, unread: all.filter(({ isRead }) => !isRead).length }),
    count: async () => ({ unread: all.filter(({ isRead }) => !isRead).length, open: 2 }),
    approvals: async () => ({ approvals: [] }),
    approval: () => Promise.reject(inputError({ code: 'test', message: 'None.' })),
    answer: () => Promise.reject(inputError({ code: 'test', message: 'None.' })),
    read: vi.fn(async (id: string) => {
      all = all.map((one) => (one.id === id ? { ...one, isRead: true } : one));
    }),
    readAll: vi.fn(async () => {
      all = all.map((one) => ({ ...one, isRead: true }));
    }),
    ...rest,
  };
  const inbox = createInbox(client, (_url, onChange) => {
    change = onChange;
    return () => undefined;
  });
  const go = vi.fn();
  render(
    <Bell
      inbox={inbox}
      linkOf={({ path, href }) => ({ href: href ?? '', go: () => void go(path) })}
      approvals={{ href: '/a', go: () => void go('approvals') }}
    />,
  );
  const unread = given.filter(({ isRead }) => !isRead).length;
  const name = unread === 0 ? 'Notifications' : `Notifications, ${unread} not read`;
  const bell = await page.findByRole('button', { name }, { timeout: 2000 });
  const tell = (one: NotificationInfo): void => {
    all = [one, ...all];
    act(change);
  };
  return { client, go, bell, tell };
}

describe('the bell', () => {
  it('says how much is not read, and hears of more at once', async () => {
    const { tell } = await open([told('1'), told('2', { isRead: true })]);
    await new Promise((resolve) => setTimeout(resolve, 350));
    tell(told('3'));
    await page.findByRole('button', { name: 'Notifications, 2 not read' });
  });

  it('opens what somebody was told, by keyboard, and leads there', async () => {
    const { bell, go, client } = await open([told('1'), told('2')]);
    fireEvent.click(bell);
    const dialog = await page.findByRole('dialog', { name: 'Notifications' });
    await page.findByText('Ticket 1');
    fireEvent.keyDown(dialog, { key: 'ArrowDown' });
    fireEvent.keyDown(dialog, { key: 'ArrowDown' });
    expect(document.activeElement?.textContent).toContain('Ticket 2');
    fireEvent.click(document.activeElement as HTMLElement);
    expect(go).toHaveBeenCalledWith('/tickets/2');
    expect(client.read).toHaveBeenCalledWith('2');
    await page.findByRole('button', { name: 'Notifications, 1 not read' });
    expect(page.queryByRole('dialog')).toBeNull();
  });

  it('closes with Escape and gives the focus back', async () => {
    const { bell } = await open([told('1')]);
    fireEvent.click(bell);
    fireEvent.keyDown(await page.findByRole('dialog'), { key: 'Escape' });
    expect(page.queryByRole('dialog')).toBeNull();
    expect(document.activeElement).toBe(bell);
  });

  it('marks everything as read until what was seen', async () => {
    const { bell, client } = await open([told('1', { createdAt: 5000 }), told('2', { createdAt: 4000 })]);
    fireEvent.click(bell);
    fireEvent.click(await page.findByRole('button', { name: 'Mark all as read' }));
    await waitFor(() => expect(client.readAll).toHaveBeenCalledWith(5000));
    await page.findByRole('button', { name: 'Notifications' });
  });

  it('says that there is nothing yet, and what went wrong', async () => {
    const empty = await open([]);
    fireEvent.click(empty.bell);
    await page.findByText(/Nothing yet/);
    cleanup();
    const broken = await open([], {
      notifications: () => Promise.reject(inputError({ code: 'test', message: 'The server is tired.' })),
    });
    fireEvent.click(broken.bell);
    expect((await page.findByRole('alert')).textContent).toContain('The server is tired.');
  });
});
