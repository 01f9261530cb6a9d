// @vitest-environment happy-dom
import { notAllowed, notAuthenticated } from '@fettle/base';
import { act, cleanup, fireEvent, render, screen as page } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ClientQuery } from '@fettle/definition';
import { loadForScreen, type FirstScreen } from '../first-screen/first-screen.ts';
import { appOf, createFakeServer, part, queryResult, screenOf, settle } from '../testing/test-app.tsx';
import { createTestExtensions } from '../testing/test-extensions.tsx';
import { beforeNavigateEvent } from '../router/browser-router.ts';
import { AppView } from './app-view.tsx';

afterEach(cleanup);

const definition = appOf({
  screens: [
    screenOf(
      { cmp_a: part('text', 'home', { settings: { text: 'Welcome' } }) },
      { id: 'scr_home', name: 'home', title: 'Home', route: '/home' },
    ),
    screenOf(
      {
        cmp_a: part('text', 'ticket', { settings: { text: 'Ticket {{ screen.params.id }}, {{ screen.query.tab }}' } }),
      },
      { id: 'scr_ticket', name: 'ticket', title: 'Ticket {{ screen.params.id }}', route: '/tickets/:id' },
    ),
  ],
  app: {
    home: 'scr_home',
    navigation: {
      style: 'top',
      items: [
        { id: 'nav_1', label: 'Start', screen: 'scr_home' },
        { id: 'nav_2', label: 'Hidden', screen: 'scr_gone' },
        { id: 'nav_3', label: 'Bad', url: 'javascript:alert(1)' },
      ],
    },
  },
});

async function openAt(path: string, server = createFakeServer()) {
  window.history.replaceState(null, '', path);
  render(<AppView client={server.client} extensions={createTestExtensions()} basePath="/apps/desk" />);
  await settle();
  return server;
}

function serving(): ReturnType<typeof createFakeServer> {
  const server = createFakeServer();
  server.definition = () => definition;
  return server;
}

describe('an app that came with its page', () => {
  const place = { dataSource: 'ds_1', table: 'people' };
  const query: ClientQuery = { id: 'qry_1', name: 'count', parameters: [], mode: 'read', run: 'load' };
  const first: FirstScreen = {
    definition: appOf({
      queries: [query],
      screens: [
        screenOf({
          cmp_a: part('list', 'people', { settings: { data: { kind: 'table', ...place } } }),
          cmp_b: part('text', 'total', { settings: { text: '{{ queries.count.data }} people' } }),
          cmp_c: part('list', 'again', { settings: { data: { kind: 'query', query: 'qry_1' } } }),
        }),
      ],
    }),
    answers: [
      { question: { kind: 'list', ...place, request: { limit: 2 } }, reply: { rows: [{ name: 'Ada' }] } },
      { question: { kind: 'query', query: 'qry_1', parameters: {} }, reply: queryResult(7) },
    ],
  };

  it('stands at once, with its rows, without a request', async () => {
    window.history.replaceState(null, '', '/apps/desk');
    const server = createFakeServer();
    const extensions = createTestExtensions();
    await loadForScreen(first.definition, 'scr_main', extensions);
    render(<AppView client={server.client} extensions={extensions} basePath="/apps/desk" first={first} />);
    expect(page.getByTestId('people').textContent).toBe('Ada');
    expect(page.getByTestId('total').textContent).toBe('7 people');
    await settle();
    expect(page.getByTestId('people').textContent).toBe('Ada');
    expect(page.getByTestId('total').textContent).toBe('7 people');
    expect(server.calls).toEqual([]);
  });

  it('asks for itself what did not come', async () => {
    window.history.replaceState(null, '', '/apps/desk');
    const server = createFakeServer();
    server.list = () => ({ rows: [{ name: 'Bob' }] });
    server.query = () => queryResult(8);
    const incomplete = { ...first, answers: [] };
    render(
      <AppView client={server.client} extensions={createTestExtensions()} basePath="/apps/desk" first={incomplete} />,
    );
    await settle();
    expect(page.getByTestId('people').textContent).toBe('Bob');
    expect(page.getByTestId('total').textContent).toBe('8 people');
    expect(server.calls.map(({ kind }) => kind).toSorted()).toEqual(['list', 'query']);
  });
});

describe('a published app', () => {
  it('shows the home screen, its navigation without what the role may not open, and the title', async () => {
    await openAt('/apps/desk', serving());
    expect(page.getByTestId('home').textContent).toBe('Welcome');
    expect(document.title).toBe('Home · Desk');
    expect(page.getAllByText('Start')[0]?.closest('a')?.getAttribute('aria-current')).toBe('page');
    expect(page.queryByText('Hidden')).toBeNull();
    expect(page.queryByText('Bad')).toBeNull();
  });

  it('opens a screen by its address and goes on from there with the focus on the content', async () => {
    await openAt('/apps/desk/tickets/7?tab=notes', serving());
    expect(page.getByTestId('ticket').textContent).toBe('Ticket 7, notes');
    expect(document.title).toBe('Ticket 7 · Desk');
    fireEvent.click(page.getAllByText('Start')[0]!.closest('a')!);
    await settle();
    expect(window.location.pathname).toBe('/apps/desk');
    expect(page.getByTestId('home')).toBeDefined();
    expect(document.activeElement?.id).toBe('fettle-main');
  });

  it('stays when a form with changes objects', async () => {
    await openAt('/apps/desk/tickets/7', serving());
    const object = (event: Event): void => event.preventDefault();
    window.addEventListener(beforeNavigateEvent, object);
    fireEvent.click(page.getAllByText('Start')[0]!.closest('a')!);
    await settle();
    window.removeEventListener(beforeNavigateEvent, object);
    expect(window.location.pathname).toBe('/apps/desk/tickets/7');
    expect(page.getByTestId('ticket')).toBeDefined();
  });

  it('says so when there is nothing at an address', async () => {
    await openAt('/apps/desk/nowhere', serving());
    expect(page.getByText('There is nothing here')).toBeDefined();
    fireEvent.click(page.getByText('Go to the start page'));
    await settle();
    expect(page.getByTestId('home')).toBeDefined();
  });

  it('asks to sign in and then comes up in the same place', async () => {
    const server = createFakeServer();
    let isSignedIn = false;
    server.definition = () =>
      isSignedIn ? definition : Promise.reject(notAuthenticated({ code: 'session.none', message: 'Sign in first.' }));
    await openAt('/apps/desk/tickets/7', server);
    await vi.waitFor(() => expect(page.getByLabelText(/E-mail/)).toBeDefined(), { timeout: 8000 });
    isSignedIn = true;
    fireEvent.change(page.getByLabelText(/E-mail/), { target: { value: 'ada@example.org' } });
    fireEvent.change(page.getByLabelText(/Password/), { target: { value: 'secret secret' } });
    fireEvent.click(page.getByRole('button', { name: 'Sign in' }));
    await settle();
    expect(server.calls[0]).toMatchObject({ kind: 'sign-in', input: 'ada@example.org' });
    expect(page.getByTestId('ticket')).toBeDefined();
  }, 15_000);

  it('asks to sign in over the open app when the session ends, and keeps what is there', async () => {
    const server = serving();
    const list = screenOf(
      {
        cmp_f: part('field', 'note'),
        cmp_l: part('list', 'people', { settings: { data: { kind: 'table', dataSource: 'ds_1', table: 'people' } } }),
      },
      { id: 'scr_home', name: 'home', title: 'Home', route: '/' },
    );
    const app = appOf({ screens: [list] });
    server.definition = () => structuredClone(app);
    server.list = () => Promise.reject(notAuthenticated({ code: 'session.none', message: 'Sign in first.' }));
    await openAt('/apps/desk', server);
    fireEvent.change(page.getByLabelText('note'), { target: { value: 'half a sentence' } });
    await vi.waitFor(() => expect(page.getByText('Your session has ended')).toBeDefined(), { timeout: 8000 });
    fireEvent.change(page.getByLabelText(/E-mail/), { target: { value: 'ada@example.org' } });
    fireEvent.change(page.getByLabelText(/Password/), { target: { value: 'secret secret' } });
    fireEvent.click(page.getByRole('button', { name: 'Sign in' }));
    await vi.waitFor(() => expect(page.getByText(/signed in again/)).toBeDefined(), { timeout: 8000 });
    expect((page.getByLabelText('note') as HTMLInputElement).value).toBe('half a sentence');
  }, 20_000);

  it('tells who may not open it, and tries again after a failure', async () => {
    const server = createFakeServer();
    server.definition = () =>
      Promise.reject(notAllowed({ code: 'app.not-allowed', message: 'You have no role in this app.' }));
    await openAt('/apps/desk', server);
    expect(page.getByText(/You have no role in this app/)).toBeDefined();
    cleanup();
    server.definition = () => Promise.reject(new TypeError('The server cannot be reached.'));
    await openAt('/apps/desk', server);
    server.definition = () => definition;
    await act(async () => fireEvent.click(page.getByText('Try again')));
    await settle();
    expect(page.getByTestId('home')).toBeDefined();
  });

  it('keeps nothing in the browser but the choice of colours', async () => {
    await openAt('/apps/desk', serving());
    fireEvent.click(page.getByLabelText('Menu of Ada'));
    fireEvent.click(page.getByText('Use dark colours'));
    await settle();
    expect(Object.keys(window.localStorage)).toEqual(['fettle-color-scheme']);
    expect(Object.keys(window.sessionStorage)).toEqual([]);
    expect(document.documentElement.getAttribute('data-mantine-color-scheme')).toBe('dark');
  });
});
